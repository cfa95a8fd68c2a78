import type { EventHandler } from './event-handler.ts';
import { resume } from './resume.ts';

/** The step that set the timer decides what it means. */
export const onTimer: EventHandler<'timer'> = (context) =>
  resume(context, context.event.token, (behaviour) =>
    behaviour.timer === undefined ? undefined : (step, run) => behaviour.timer?.(step, run, context.event) ?? null,
  );
