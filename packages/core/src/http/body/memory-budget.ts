import { BotloomError } from '../../errors/index.ts';

/**
 * Reserves memory, in bytes. Returns a function that releases it.
 *
 * @throws UNAVAILABLE - when less memory is left
 */
export type MemoryBudget = (bytes: number) => () => void;

/** Limits the memory of all bodies that are held in memory together, in bytes. */
export function createMemoryBudget(total: number): MemoryBudget {
  let left = total;
  return (bytes) => {
    if (bytes > left)
      throw new BotloomError('UNAVAILABLE', 'Too many files are being uploaded at the moment. Try again later.', {
        retryAfter: 1,
      });
    left -= bytes;
    return () => {
      left += bytes;
    };
  };
}
