/** Longer names are no slips of the pen, and comparing them costs. */
const MAX_NAME_LENGTH = 64;

/** Candidates that one search compares letter by letter. */
const MAX_COMPARISON_COUNT = 200;

/** The candidate that somebody who wrote `name` most likely meant; null when none is near. Its cost is bounded, whatever it is given. */
export function didYouMean(name: string, candidates: Iterable<string>): string | null {
  if (name.length > MAX_NAME_LENGTH) return null;
  const wanted = name.toLowerCase();
  let best: string | null = null;
  let bestDistance = (wanted.length < 2 ? 0 : wanted.length < 6 ? 1 : 2) + 1;
  let comparisons = 0;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= bestDistance) continue;
    comparisons += 1;
    if (comparisons > MAX_COMPARISON_COUNT) break;
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A hint that names the nearest candidate, or failing that lists them when they are few. */
export function nearestHint(name: string, candidates: readonly string[]): string | undefined {
  const near = didYouMean(name, candidates);
  if (near !== null) return `Did you mean "${near}"?`;
  if (
    candidates.length === 0 ||
    candidates.length > 12 ||
    candidates.some((candidate) => candidate.length > MAX_NAME_LENGTH)
  )
    return undefined;
  return `Known here: ${candidates.map((candidate) => `"${candidate}"`).join(', ')}.`;
}

/** Gives hints until it has given enough: a document may have thousands of wrong names. */
export type Hinter = typeof nearestHint;

export function createHinter(maxHints = 100): Hinter {
  let given = 0;
  return (name, candidates) => {
    given += 1;
    return given > maxHints ? undefined : nearestHint(name, candidates);
  };
}

/**
 * Letters to insert, remove, replace or swap with their neighbor (optimal string alignment); `limit` when it is that or more. Only the
 * diagonal band that could stay below the limit is looked at.
 */
function editDistance(a: string, b: string, limit: number): number {
  const width = b.length + 1;
  let beforeLast = new Uint8Array(width);
  let last = new Uint8Array(width);
  let row = new Uint8Array(width);
  for (let j = 0; j < width; j += 1) last[j] = Math.min(j, limit);
  for (let i = 1; i <= a.length; i += 1) {
    row.fill(limit);
    row[0] = Math.min(i, limit);
    let least = row[0];
    for (let j = Math.max(1, i - limit); j <= Math.min(b.length, i + limit); j += 1) {
      const replaced = (last[j - 1] ?? limit) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (beforeLast[j - 2] ?? limit) + 1 : limit;
      const distance = Math.min((last[j] ?? limit) + 1, (row[j - 1] ?? limit) + 1, replaced, swapped, limit);
      row[j] = distance;
      least = Math.min(least, distance);
    }
    if (least >= limit) return limit;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return last[b.length] ?? limit;
}
