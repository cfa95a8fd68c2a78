import type { EventHandler } from './event-handler.ts';
import { resume } from './resume.ts';

/** Passes the result of outside work to the step that requested it. */
export const onResult: EventHandler<'result'> = (context) =>
  resume(context, context.event.token, (behavior) =>
    behavior.result === undefined ? undefined : (step, run) => behavior.result?.(step, run, context.event) ?? null,
  );
