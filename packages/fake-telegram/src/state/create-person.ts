import { createHash } from 'node:crypto';
import type { PersonState } from './person-state.ts';
import { defined } from './rooms.ts';
import type { World } from './world.ts';

/** A person to create. */
export interface NewPerson {
  first_name: string;
  last_name?: string;
  username?: string;
  language_code?: string;
  bio?: string;
  phone_number?: string;
  /** The bytes of the profile photo. */
  photo?: Uint8Array;
}

/** Adds a person to the world. The same name always gets the same ID, so that a bot's database recognizes people. */
export function createPerson(world: World, person: NewPerson): PersonState {
  const hash = createHash('sha256').update(`person ${person.first_name}`).digest();
  let id = 1_000_000_000 + (hash.readUInt32BE(0) % 800_000_000);
  while (world.people.has(id)) id += 1;
  const state: PersonState = {
    user: {
      id,
      is_bot: false,
      first_name: person.first_name,
      ...defined({ last_name: person.last_name, username: person.username }),
      language_code: person.language_code ?? 'en',
    },
    bio: person.bio,
    phone_number: person.phone_number ?? `+1555${String(hash.readUInt32BE(4) % 10_000_000).padStart(7, '0')}`,
    photo: person.photo,
  };
  world.people.set(id, state);
  return state;
}
