import { z } from 'zod';

/** What a caller may do. `write` contains `read`; `admin` contains both and manages API keys. */
export const permission = z.enum(['read', 'write', 'admin']);
export type Permission = z.infer<typeof permission>;

/** Who calls the API. */
export interface Principal {
  /** For logs: `api_key:<id>`, or what the host calls the person. */
  readonly id: string;
  readonly permissions: readonly Permission[];
  /** Confines the caller to the rows of this owner; null means every row. */
  readonly owner: string | null;
}

/** The owner a storage call is confined to; `null` is not confined. Never optional: leaving it out must not compile. */
export interface Scope {
  readonly owner: string | null;
}

/** The scope that is not confined to an owner. */
export const EVERY_ROW: Scope = { owner: null };
