import type { JsonValue } from '../../../model/index.ts';

/** Maximum nesting of a response: stored values are serialized again and again. */
const MAX_DEPTH = 64;

/** Parses a body as JSON if it is JSON, otherwise returns it as text. Null for JSON that is nested too deep. */
export function parseResponseBody(body: Buffer, type: string): { readonly value: JsonValue } | null {
  // PostgreSQL accepts neither U+0000 nor lone surrogates.
  const text = cleanText(body.toString('utf8'));
  if (text.trim() === '') return { value: null };
  if (!/\bjson\b/i.test(type) && !/^\s*[[{]/.test(text)) return { value: text };
  if (isTooDeep(text)) return null;
  try {
    return { value: cleanValue(JSON.parse(text) as JsonValue) }; // The type of parsed JSON
  } catch {
    return { value: text };
  }
}

/** Checks the nesting of brackets outside of strings, before the text is parsed. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{]|[\]}]/gs)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** Cleans parsed values: JSON escapes can contain characters that were removed from the text. */
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
