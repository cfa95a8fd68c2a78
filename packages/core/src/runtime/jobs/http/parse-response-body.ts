import type { JsonValue } from '../../../model/index.ts';

/** How deep an answer may be nested: what is kept is written as JSON again and again. */
const MAX_DEPTH = 64;

/** A body as JSON where it is that, as a text otherwise; null: JSON nested too deep. */
export function parseResponseBody(body: Buffer, type: string): { readonly value: JsonValue } | null {
  // PostgreSQL takes neither U+0000 nor lone surrogates.
  const text = cleanText(body.toString('utf8'));
  if (text.trim() === '') return { value: null };
  if (!/\bjson\b/i.test(type) && !/^\s*[[{]/.test(text)) return { value: text };
  if (isTooDeep(text)) return null;
  try {
    return { value: cleanValue(JSON.parse(text) as JsonValue) }; // what JSON gives
  } catch {
    return { value: text };
  }
}

/** Brackets outside of strings, before a parser sees them. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{]|[\]}]/gs)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** Escapes of JSON can bring back what was taken out of its text. */
function cleanValue(value: JsonValue): JsonValue {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => cleanValue(item));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== '__proto__')
      .map(([name, member]) => [cleanText(name), cleanValue(member)]),
  );
}

function cleanText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}
