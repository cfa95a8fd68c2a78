import type { EventHandler } from './event-handler.ts';
import { findHandover } from './find-handover.ts';
import { unchanged } from './resume.ts';
import { startSideFlow } from './start-side-flow.ts';

/**
 * Starts a flow for a person, requested by the host. Like a flow started by a keyword, it leaves the session where it
 * was when it ends immediately. Ignored while an operator has the session, or had it before a command that returns to
 * it.
 */
export const onStart: EventHandler<'start'> = (context) => {
  const { program, session, event } = context;
  const version = program.current.get(event.flow_id);
  if (version === undefined) return unchanged(session, 'flow_missing', null, event.flow_id);
  const { interrupted } = session;
  if (findHandover(program, session) !== null || (interrupted !== null && findHandover(program, interrupted) !== null))
    return unchanged(session, 'held', session.step_id);
  return startSideFlow(context, version, PROGRAM_START_REASON, event.variables);
};

/** The reason in the trace. */
export const PROGRAM_START_REASON = 'the program';
