/** `{1,NULL,3}`: for whole numbers, booleans and UUIDs, none of which needs quotes. */
export function plainArray(values: readonly (number | boolean | string | null)[]): string {
  let literal = '{';
  for (const [index, value] of values.entries())
    literal += index === 0 ? String(value ?? 'NULL') : `,${value ?? 'NULL'}`;
  return `${literal}}`;
}

/** `{"a","b \"c\"",NULL}`: for any text, JSON among it. */
export function textArray(values: readonly (string | null)[]): string {
  let literal = '{';
  for (const [index, value] of values.entries()) {
    if (index > 0) literal += ',';
    literal += value === null ? 'NULL' : `"${/["\\]/.test(value) ? value.replaceAll(/["\\]/g, '\\$&') : value}"`;
  }
  return `${literal}}`;
}
