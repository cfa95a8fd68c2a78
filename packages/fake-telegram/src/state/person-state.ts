import type { User } from '../telegram-objects.ts';

/** A person of the fake Telegram. */
export interface PersonState {
  readonly user: User;
  bio: string | undefined;
  phone_number: string;
  /** The bytes of the profile photo, if the person has one. */
  photo: Uint8Array | undefined;
}
