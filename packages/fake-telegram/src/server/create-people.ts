import type { ChatDeps } from '../driver/chat-deps.ts';
import { createPersonHandle, type Person } from '../driver/person.ts';
import { createPerson, type NewPerson } from '../state/create-person.ts';
import type { PersonState } from '../state/person-state.ts';

/** A person of the fake, with the object that tests use. */
interface KnownPerson {
  state: PersonState;
  handle: Person;
}

/** The people of the fake, by first name. */
export interface People {
  /** Returns the person with this first name. The first call creates it; later calls ignore `details`. */
  find(name: string, details?: Omit<NewPerson, 'first_name'>): KnownPerson;
}

/** Creates an empty list of people. */
export function createPeople(deps: ChatDeps): People {
  const people = new Map<string, KnownPerson>();
  return {
    find(name, details = {}) {
      const known = people.get(name);
      if (known) return known;
      const state = createPerson(deps.world, { ...details, first_name: name });
      const person = { state, handle: createPersonHandle(deps, state) };
      people.set(name, person);
      return person;
    },
  };
}
