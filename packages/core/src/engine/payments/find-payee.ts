import { interruptedOf } from '../state/interruption.ts';
import type { Session } from '../state/session.ts';
import { waitOf } from '../state/wait.ts';

/** The session that waits at this visit of an invoice: the one given, or the one that it has interrupted. Null: neither does. */
export function findPayee(session: Session, token: string): Session | null {
  if (waitOf(session)?.token === token) return session;
  const interrupted = interruptedOf(session);
  return interrupted !== null && waitOf(interrupted)?.token === token ? interrupted : null;
}
