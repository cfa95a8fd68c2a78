/**
 * How long Telegram waits before it posts an update again: not at all after the first failure, then 2, 4, 8, 16, 32
 * seconds, then somewhere between one and two minutes. A `Retry-After` takes the place of all that.
 *
 * @param failures - how often this update has failed, the last time included
 * @param retryAfter - the `Retry-After` header of the last answer
 * @param seed - spreads the waits over a minute in place of chance, so that a test can be repeated
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
