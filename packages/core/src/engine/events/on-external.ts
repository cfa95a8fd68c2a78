import type { EventHandler } from './event-handler.ts';
import { resume } from './resume.ts';

/** Whoever waits for such an event goes on; it is not kept for later. */
export const onExternal: EventHandler<'external'> = (program, session, event, env) =>
  resume(program, session, event, env, null, (behaviour) =>
    behaviour.external === undefined ? undefined : (step, run) => behaviour.external?.(step, run, event) ?? null,
  );
