/**
 * Returns a random number generator that is seeded by the ID of an update or job, so that a repeated batch makes the
 * same decisions. (Mulberry32, seeded by FNV-1a of the IDs; not for secrets.)
 */
export function createSeededRandom(bot_id: string, event: string): () => number {
  let state = 0;
  return () => {
    if (state === 0) state = seed(`${bot_id}:${event}`);
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function seed(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 1;
}
