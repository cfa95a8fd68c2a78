import type { EventHandler } from './event-handler.ts';
import { handedOver } from './handed-over.ts';
import { unmoved } from './resume.ts';
import { startAside } from './start-aside.ts';

/**
 * Starts a flow for a person, requested by the host. Like a flow started by a keyword, it leaves the session where it
 * was when it ends immediately. Ignored while an operator has the session, or had it before a command that returns to
 * it.
 */
export const onStart: EventHandler<'start'> = (context) => {
  const { program, session, event } = context;
  const version = program.current.get(event.flow_id);
  if (version === undefined) return unmoved(session, 'flow_missing', null, event.flow_id);
  const { interrupted } = session;
  if (handedOver(program, session) !== null || (interrupted !== null && handedOver(program, interrupted) !== null))
    return unmoved(session, 'held', session.step_id);
  return startAside(context, version, STARTED_BY_PROGRAM, event.variables);
};

/** The reason in the trace. */
export const STARTED_BY_PROGRAM = 'the program';
