import type { ArgumentType, CompiledArgument } from '../../flow/index.ts';
import type { JsonObject, JsonValue } from '../../model/index.ts';
import { parseNumber } from '../inputs/parse-number.ts';

/**
 * Reads the arguments of a command into variables: split at spaces, the last one takes the rest. The payload of a link
 * has no spaces and uses `_` instead. An argument that is missing or invalid keeps the flow's own value, or null.
 */
export function readArguments(
  { arguments: list, variables }: { readonly arguments: readonly CompiledArgument[]; readonly variables: JsonObject },
  given: string,
): JsonObject {
  const words = splitArguments(given.trim(), list.length);
  return Object.fromEntries(
    list.map(({ variable, type }, index) => [
      variable,
      ARGUMENT_PARSERS[type](words[index] ?? '') ?? variables[variable] ?? null,
    ]),
  );
}

const ARGUMENT_PARSERS: { readonly [Type in ArgumentType]: (word: string) => JsonValue } = {
  text: (word) => (word === '' ? null : word),
  number: parseNumber,
  integer: (word) => {
    const number = parseNumber(word);
    return Number.isInteger(number) ? number : null;
  },
};

function splitArguments(given: string, count: number): readonly string[] {
  const between = /\s/.test(given) ? /\s+/ : /_/;
  const words: string[] = [];
  let rest = given;
  while (words.length < count - 1) {
    const found = between.exec(rest);
    if (found === null) break;
    words.push(rest.slice(0, found.index));
    rest = rest.slice(found.index + found[0].length);
  }
  return [...words, rest];
}
