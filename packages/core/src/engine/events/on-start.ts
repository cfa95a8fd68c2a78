import type { EventHandler } from './event-handler.ts';
import { handedOver } from './handed-over.ts';
import { unmoved } from './resume.ts';
import { startAside } from './start-aside.ts';

/** The program starts a flow for a person. Like one that a keyword starts: when it ends at once, the person stays where they were. Not while a human has the session, or had it before a command that it comes back to. */
export const onStart: EventHandler<'start'> = (context) => {
  const { program, session, event } = context;
  const version = program.current.get(event.flow_id);
  if (version === undefined) return unmoved(session, 'flow_missing', null, event.flow_id);
  const { interrupted } = session;
  if (handedOver(program, session) !== null || (interrupted !== null && handedOver(program, interrupted) !== null))
    return unmoved(session, 'held', session.step_id);
  return startAside(context, version, STARTED_BY_PROGRAM, event.variables);
};

/** What the trace gives as the reason. */
export const STARTED_BY_PROGRAM = 'the program';
