import type { Kysely } from 'kysely';
import type { DialectTraits } from './dialect-traits.ts';
import type { Keyring } from './keyring.ts';
import type { Tables } from './tables.ts';

/** What every store is given. */
export interface Database {
  readonly db: Kysely<Tables>;
  readonly traits: DialectTraits;
  readonly keyring: Keyring;
}
