import type { Room } from '../state/bot-state.ts';

/**
 * Waits until `find` returns a value. Calls it now and after every event of the room.
 *
 * @param timeout - milliseconds of real time
 * @returns the result of `find`, or undefined after the timeout
 */
export async function waitForEvent<T>(room: Room, timeout: number, find: () => T | undefined): Promise<T | undefined> {
  const found = find();
  if (found !== undefined) return found;
  return await new Promise((resolve) => {
    const finish = (result: T | undefined) => {
      clearTimeout(timer);
      room.listeners.delete(onEvent);
      resolve(result);
    };
    const onEvent = () => {
      const result = find();
      if (result !== undefined) finish(result);
    };
    const timer = setTimeout(() => finish(undefined), timeout);
    room.listeners.add(onEvent);
  });
}
