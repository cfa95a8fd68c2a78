import type { Authenticate } from '@botloom/core/http';

/** Stands for the shop's own login. */
export function hasSession(headers: Readonly<Record<string, unknown>>): boolean {
  return headers.cookie === 'session=staff';
}

/** Who is logged in to the shop may use Botloom's API; everybody else needs an API key. */
export const authenticate: Authenticate = ({ headers }) =>
  hasSession(headers) ? { id: 'staff', permissions: ['write'], owner: null } : null;
