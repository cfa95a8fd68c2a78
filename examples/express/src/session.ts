import type { Authenticate } from '@botloom/core/http';

/** Placeholder for the shop's own login. */
export function hasSession(headers: Readonly<Record<string, unknown>>): boolean {
  return headers.cookie === 'session=staff';
}

/** Lets the shop's logged-in staff use Botloom's API. Other callers need an API key. */
export const authenticate: Authenticate = ({ headers }) =>
  hasSession(headers) ? { id: 'staff', permissions: ['write'], owner: null } : null;
