/** An expensive resource that several vitest projects of one run share. */
export interface Resource<T> {
  value: T;
  close: () => Promise<void>;
}

interface Entry {
  users: number;
  opening: Promise<Resource<unknown>>;
}

/**
 * Opens a resource once for all vitest projects of the process and closes it after its last user.
 *
 * Each project evaluates its setup files separately, so a module variable would exist once per project. The registry
 * is therefore stored on the process.
 *
 * @param name - identifies the resource; the same name always has the same `T`
 */
export async function useShared<T>(name: string, open: () => Promise<Resource<T>>): Promise<Resource<T>> {
  const entries = registry();
  const entry = entries.get(name) ?? { users: 0, opening: open() };
  entries.set(name, entry);
  entry.users += 1;
  // The registry is keyed by name. A name is used with one type only.
  const resource = (await entry.opening) as Resource<T>;
  return {
    value: resource.value,
    close: async () => {
      entry.users -= 1;
      if (entry.users > 0) return;
      entries.delete(name);
      await resource.close();
    },
  };
}

function registry(): Map<string, Entry> {
  const key = Symbol.for('botloom.test.shared-resources');
  // globalThis has no index signature for symbols.
  const holder = globalThis as unknown as Record<symbol, Map<string, Entry> | undefined>;
  return (holder[key] ??= new Map<string, Entry>());
}
