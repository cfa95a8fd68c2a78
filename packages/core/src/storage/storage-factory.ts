import type { SecretBox } from './secret-box.ts';
import type { Storage } from './storage.ts';

/** What a storage is given by the composition root. */
export interface StorageContext {
  readonly secretBox: SecretBox;
}

/** Made by `sqlite()` and `postgres()`; called once by `createBotloom`. */
export type StorageFactory = (context: StorageContext) => Storage;
