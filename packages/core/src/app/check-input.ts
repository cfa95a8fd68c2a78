import type { z } from 'zod';
import { BotloomError, type ErrorCode, type Problem } from '../errors/index.ts';

/**
 * The input as its schema gives it (trimmed, with defaults). Raises VALIDATION_FAILED, or the given code, with everything that is wrong at once.
 *
 * @example
 * const { name } = checkInput(z.strictObject({ name: z.string() }), input);
 */
export function checkInput<Schema extends z.ZodType>(schema: Schema, input: unknown, code: ErrorCode = 'VALIDATION_FAILED'): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const problems = problemsOf(result.error);
  throw new BotloomError(code, summarise(problems), { problems });
}

/** What zod found, as problems with JSON pointers. */
export function problemsOf(error: z.ZodError): readonly Problem[] {
  return error.issues.flatMap((issue): Problem[] => {
    if (issue.code !== 'unrecognized_keys') return [{ path: jsonPointer(issue.path), code: issue.code, message: issue.message }];
    return issue.keys.map((key) => ({ path: jsonPointer([...issue.path, key]), code: 'unknown_member', message: 'There is no such member, or it cannot be set.' }));
  });
}

function summarise(problems: readonly Problem[]): string {
  return problems.map(({ path, message }) => `${path === '' ? 'the whole' : path}: ${message}`).join('; ');
}

/** Where something stands, by RFC 6901: `/steps/0/text`. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
