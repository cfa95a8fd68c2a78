import type { EventHandler } from './event-handler.ts';
import { resume } from './resume.ts';

/** The step that set the timer decides what it means. */
export const onTimer: EventHandler<'timer'> = (program, session, event, env) =>
  resume(program, session, event, env, event.token, (behaviour) =>
    behaviour.timer === undefined ? undefined : (step, run) => behaviour.timer?.(step, run, event) ?? null,
  );
