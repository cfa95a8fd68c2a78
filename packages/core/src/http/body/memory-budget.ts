import { BotloomError } from '../../errors/index.ts';

/** Takes so many bytes; gives what gives them back. Raises UNAVAILABLE when there are not so many left. */
export type MemoryBudget = (bytes: number) => () => void;

/** Bounds what bodies take together that are kept in memory as they come, whoever sends them. */
export function createMemoryBudget(total: number): MemoryBudget {
  let left = total;
  return (bytes) => {
    if (bytes > left)
      throw new BotloomError('UNAVAILABLE', 'Other files are being uploaded just now; try again in a moment.', {
        retryAfter: 1,
      });
    left -= bytes;
    return () => {
      left += bytes;
    };
  };
}
