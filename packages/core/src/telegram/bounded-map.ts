export interface BoundedMap<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
}

/** A map that forgets what was not used for longest once it holds more than `limit` entries. */
export function createBoundedMap<Value>(limit: number): BoundedMap<Value> {
  // A Map keeps the order of insertion: the first key is the one not used for longest.
  const entries = new Map<string, Value>();
  return {
    get(key) {
      const value = entries.get(key);
      if (value === undefined) return undefined;
      entries.delete(key);
      entries.set(key, value);
      return value;
    },
    set(key, value) {
      entries.delete(key);
      entries.set(key, value);
      if (entries.size > limit) entries.delete(entries.keys().next().value ?? key);
    },
    delete(key) {
      entries.delete(key);
    },
  };
}
