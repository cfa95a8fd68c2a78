import type { User } from '../telegram-objects.ts';

/** A human being of the fake world. */
export interface PersonState {
  readonly user: User;
  bio: string | undefined;
  phone_number: string;
  /** The picture's bytes; undefined when the person has no profile photo. */
  photo: Uint8Array | undefined;
}
