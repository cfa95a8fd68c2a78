/**
 * Returns Telegram's delay before it posts an update again: none after the first failure, then 2, 4, 8, 16 and 32
 * seconds, then between one and two minutes. A `Retry-After` header replaces these delays.
 *
 * @param failures - number of failed attempts of this update, including the last one
 * @param retryAfter - the `Retry-After` header of the last response
 * @param seed - spreads the delays over a minute. It replaces a random number, so that a test is repeatable
 * @returns milliseconds
 */
export function retryDelay(failures: number, retryAfter: string | undefined, seed: number): number {
  const requestedSeconds = retryAfter === undefined ? Number.NaN : Number(retryAfter);
  if (Number.isFinite(requestedSeconds) && requestedSeconds >= 0)
    return Math.min(requestedSeconds, maxRetryAfterSeconds) * 1000;
  if (failures <= 1) return 0;
  const seconds = 2 ** (failures - 1);
  return (seconds <= 32 ? seconds : 60 + (seed % 61)) * 1000;
}

const maxRetryAfterSeconds = 3600;
