/** Returns `{1,NULL,3}`. For integers, booleans and UUIDs, which need no quotes. */
export function plainArray(values: readonly (number | boolean | string | null)[]): string {
  let literal = '{';
  for (const [index, value] of values.entries())
    literal += index === 0 ? String(value ?? 'NULL') : `,${value ?? 'NULL'}`;
  return `${literal}}`;
}

/** Returns `{"a","b \"c\"",NULL}`. For any text, including JSON. */
export function textArray(values: readonly (string | null)[]): string {
  let literal = '{';
  for (const [index, value] of values.entries()) {
    if (index > 0) literal += ',';
    literal += value === null ? 'NULL' : `"${/["\\]/.test(value) ? value.replaceAll(/["\\]/g, '\\$&') : value}"`;
  }
  return `${literal}}`;
}
