import type { JsonObject } from './values.ts';

/** A user as the engine sees them, and templates as `user.*`. */
export interface EnvUser {
  readonly id: string;
  readonly chat_id: number;
  readonly username: string | null;
  readonly first_name: string;
  readonly last_name: string | null;
  readonly language: string | null;
  readonly phone: string | null;
  readonly tags: readonly string[];
  readonly attributes: JsonObject;
}
