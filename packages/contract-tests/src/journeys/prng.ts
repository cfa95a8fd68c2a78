/** A generator of numbers in [0, 1). The same seed produces the same numbers. */
export type Random = () => number;

/** Mulberry32: small, and good enough to choose moments. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The seed of this run: `BOTLOOM_TEST_SEED`, to repeat a run that failed, or a new one. */
export function chooseSeed(): number {
  const given = Number(process.env.BOTLOOM_TEST_SEED);
  return Number.isInteger(given) && given > 0 ? given : 1 + Math.floor(Math.random() * 2_000_000_000);
}
