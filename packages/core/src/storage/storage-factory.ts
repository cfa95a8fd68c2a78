import type { SecretBox } from './secret-box.ts';
import type { Storage } from './storage.ts';

/** Values that `createBotloom` passes to a storage. */
export interface StorageContext {
  readonly secretBox: SecretBox;
}

/** Creates the storage. `sqlite()` and `postgres()` return one; `createBotloom` calls it once. */
export type StorageFactory = (context: StorageContext) => Storage;
