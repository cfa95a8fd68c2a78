import * as z from 'zod';

/** The level of access of a caller. `write` includes `read`; `admin` includes both and manages API keys. */
export const permission = z.enum(['read', 'write', 'admin']);
export type Permission = z.infer<typeof permission>;

/** The authenticated caller of the API. */
export interface Principal {
  /** Identifies the caller in logs: `api_key:<id>`, or an ID of the host. */
  readonly id: string;
  readonly permissions: readonly Permission[];
  /** Confines the caller to the rows of this owner; null means every row. */
  readonly owner: string | null;
}

/** The owner that a call is confined to; `null` for all owners. Never optional: leaving it out must not compile. */
export interface Scope {
  readonly owner: string | null;
}

/** The scope that is not confined to an owner. */
export const EVERY_ROW: Scope = { owner: null };
