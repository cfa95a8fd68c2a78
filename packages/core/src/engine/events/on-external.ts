import type { EventHandler } from './event-handler.ts';
import { resume } from './resume.ts';

/** Whoever waits for such an event goes on; it is not kept for later. */
export const onExternal: EventHandler<'external'> = (context) =>
  resume(context, null, (behaviour) =>
    behaviour.external === undefined
      ? undefined
      : (step, run) => behaviour.external?.(step, run, context.event) ?? null,
  );
