import type { EventHandler } from './event-handler.ts';
import { resume } from './resume.ts';

/** Continues a session that waits for the event. The event is not stored for later. */
export const onExternal: EventHandler<'external'> = (context) =>
  resume(context, null, (behavior) =>
    behavior.external === undefined ? undefined : (step, run) => behavior.external?.(step, run, context.event) ?? null,
  );
