import { RE2JS } from 're2js';
import { FLOW_LIMITS } from '../limits.ts';

/** A pattern (RE2: as in Go, without look-around and back-references), parsed. Its cost is linear in the text's length. */
export interface Pattern {
  readonly source: string;
  /** Whether it is found anywhere in the first 4096 characters of the text; `^` and `$` tie it to the ends. */
  test(text: string): boolean;
}

export type PatternParse =
  | { readonly pattern: Pattern; readonly problem?: undefined }
  | { readonly pattern?: undefined; readonly problem: PatternProblem };

export interface PatternProblem {
  readonly message: string;
  readonly hint?: string;
}

/**
 * Parses a pattern; one that RE2 does not know, or that is too large, is a problem in words.
 *
 * @example
 * const { pattern } = compilePattern('^[a-z]+$', { ignore_case: true });
 * pattern?.test('Tea'); // true
 */
export function compilePattern(
  source: string,
  { ignore_case = false }: { readonly ignore_case?: boolean } = {},
): PatternParse {
  if (source.length > FLOW_LIMITS.pattern)
    return { problem: { message: `The pattern is longer than ${FLOW_LIMITS.pattern} characters` } };
  try {
    const compiled = RE2JS.compile(source, ignore_case ? RE2JS.CASE_INSENSITIVE : 0);
    if (compiled.programSize() > FLOW_LIMITS.patternSize)
      return { problem: { message: 'The pattern is too complex', hint: 'Repeat fewer things fewer times.' } };
    return { pattern: { source, test: (text) => compiled.test(text.slice(0, FLOW_LIMITS.text)) } };
  } catch (error) {
    return { problem: toProblem(source, error) };
  }
}

function toProblem(source: string, error: unknown): PatternProblem {
  const reason = (error instanceof Error ? error.message : 'it cannot be read').replace(/^error parsing regexp: /, '');
  if (/\(\?<?[=!]/.test(source))
    return {
      message: `The pattern is not valid: ${reason}`,
      hint: 'Patterns (RE2) have no look-ahead or look-behind.',
    };
  if (/\\[1-9]/.test(source))
    return { message: `The pattern is not valid: ${reason}`, hint: 'Patterns (RE2) have no back-references.' };
  return { message: `The pattern is not valid: ${reason}` };
}
