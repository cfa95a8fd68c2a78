import type { EventHandler } from './event-handler.ts';
import { resume } from './resume.ts';

/** Passes a timer to the step that set it. */
export const onTimer: EventHandler<'timer'> = (context) =>
  resume(context, context.event.token, (behavior) =>
    behavior.timer === undefined ? undefined : (step, run) => behavior.timer?.(step, run, context.event) ?? null,
  );
