import type { SessionState } from '../state/session-state.ts';

/**
 * Returns the session that waits at this visit of an invoice: the given one, or the one that it has interrupted. Null:
 * neither does.
 */
export function findInvoiceSession(session: SessionState, token: string): SessionState | null {
  if (session.wait?.token === token) return session;
  const { interrupted } = session;
  return interrupted?.wait?.token === token ? interrupted : null;
}
