import type { EventHandler } from './event-handler.ts';
import { resume } from './resume.ts';

/** Passes the result of outside work to the step that requested it. */
export const onResult: EventHandler<'result'> = (context) =>
  resume(context, context.event.token, (behaviour) =>
    behaviour.result === undefined ? undefined : (step, run) => behaviour.result?.(step, run, context.event) ?? null,
  );
