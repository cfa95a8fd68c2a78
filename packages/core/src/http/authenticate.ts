import { BotloomError } from '../errors/index.ts';
import { permission as permissionSchema, type ApiKey, type Permission, type Principal } from '../model/index.ts';
import type { RequestHead } from './http-types.ts';

/**
 * Authenticates a caller by means of the host, such as its session: returns the caller, or null if they are unknown to
 * it.
 */
export type Authenticate = (request: RequestHead) => Principal | null | Promise<Principal | null>;

export interface Credentials {
  readonly authenticate?: Authenticate | undefined;
  /** Returns the record of a key, or null for one that is unknown, revoked or expired. */
  findApiKey(key: string): Promise<ApiKey | null>;
}

/**
 * Returns the authenticated caller. Keys are read from the header only, because URLs end up in logs and histories.
 *
 * @throws UNAUTHORIZED
 */
export async function authenticate(head: RequestHead, credentials: Credentials): Promise<Principal> {
  const fromHost = await credentials.authenticate?.(head);
  if (fromHost !== undefined && fromHost !== null) return checkPrincipal(fromHost);
  const key = bearerToken(head.headers.authorization);
  if (key === null)
    throw new BotloomError('UNAUTHORIZED', 'Send an API key in the header: Authorization: Bearer botloom_…');
  const found = await credentials.findApiKey(key);
  if (found === null) throw new BotloomError('UNAUTHORIZED', 'The API key is unknown, revoked or expired.');
  return { id: `api_key:${found.id}`, permissions: found.permissions, owner: found.owner };
}

/**
 * Refuses a caller without the needed permission. A value without a rank never passes: the check looks for a permission
 * that is high enough, not for one that is too low.
 *
 * @throws FORBIDDEN
 */
export function authorize(principal: Principal, needed: Permission): void {
  const granted = principal.permissions.some((permission) => (RANK_BY_NAME.get(permission) ?? 0) >= RANK_OF[needed]);
  if (!granted) throw new BotloomError('FORBIDDEN', `This call needs the permission "${needed}".`);
}

const RANK_OF = { read: 1, write: 2, admin: 3 } as const satisfies Record<Permission, number>;
/** The same ranks as a map, which does not convert keys to strings: `['admin']` and `'toString'` have no rank. */
const RANK_BY_NAME: ReadonlyMap<unknown, number> = new Map(Object.entries(RANK_OF));

function bearerToken(header: RequestHead['headers'][string]): string | null {
  return typeof header === 'string' ? (/^Bearer +([A-Za-z0-9._~+/=-]{1,512})$/i.exec(header)?.[1] ?? null) : null;
}

/**
 * Checks the principal that the host returned. Types do not prevent invalid values that the host reads from a session
 * or a token. An unknown permission or an empty owner must never widen the access.
 *
 * @throws TypeError, which the caller sees as INTERNAL and the log names
 */
function checkPrincipal(principal: Principal): Principal {
  const { id, permissions, owner }: { id: unknown; permissions: unknown; owner: unknown } = principal;
  if (
    typeof id !== 'string' ||
    !Array.isArray(permissions) ||
    !(owner === null || (typeof owner === 'string' && owner !== ''))
  ) {
    throw new TypeError(
      'authenticate() must return null, or { id, permissions, owner } with owner null or a non-empty string.',
    );
  }
  const known = permissionSchema.array().safeParse(permissions);
  if (!known.success) {
    const names = permissionSchema.options.map((name) => `"${name}"`).join(', ');
    throw new TypeError(`authenticate() must return permissions out of ${names}. Map your own roles to them.`);
  }
  // A copy: nothing can be added to the host's array between this check and authorize().
  return { id, permissions: known.data, owner };
}
