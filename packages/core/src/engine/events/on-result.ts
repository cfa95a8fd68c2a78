import type { EventHandler } from './event-handler.ts';
import { resume } from './resume.ts';

/** The step that asked for the work gets what came of it. */
export const onResult: EventHandler<'result'> = (context) =>
  resume(context, context.event.token, (behaviour) =>
    behaviour.result === undefined ? undefined : (step, run) => behaviour.result?.(step, run, context.event) ?? null,
  );
