/** A JSON pointer (RFC 6901): `/steps/2/text`. */
export function pointer(base: string, ...keys: readonly PropertyKey[]): string {
  return keys.reduce<string>((path, key) => `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`, base);
}
