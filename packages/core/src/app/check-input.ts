import type { z } from 'zod';
import { BotloomError, type ErrorCode, type Problem } from '../errors/index.ts';

/**
 * Parses an input by its schema: trimmed, with defaults.
 *
 * @param code - the code of the error
 * @throws VALIDATION_FAILED - or the given code, with every problem
 * @example
 * const { name } = checkInput(z.strictObject({ name: z.string() }), input);
 */
export function checkInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  code: ErrorCode = 'VALIDATION_FAILED',
): z.output<Schema> {
  const result = schema.safeParse(input, { error: describeIssue });
  if (result.success) return result.data;
  const problems = problemsOf(result.error);
  throw new BotloomError(code, summarize(problems), { problems });
}

/**
 * Describes an issue for people who do not know zod. Returns undefined where the message of the schema or of zod is
 * good enough.
 */
export function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is missing'
        : `must be ${TYPE_NAMES[issue.expected] ?? issue.expected}, not ${typeOf(issue.input)}`;
    case 'invalid_value':
      if (issue.input === undefined) return 'is missing';
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${listOf(issue.values)}`;
    case 'too_small':
      return SIZE_MESSAGES[issue.origin]?.(Number(issue.minimum), 'at least');
    case 'too_big':
      return SIZE_MESSAGES[issue.origin]?.(Number(issue.maximum), 'at most');
    default:
      return undefined;
  }
}

function listOf(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ');
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  null: 'null',
};

const SIZE_MESSAGES: Readonly<Record<string, (limit: number, bound: 'at least' | 'at most') => string>> = {
  string: (limit, bound) =>
    limit === 1 && bound === 'at least' ? 'must not be empty' : `must have ${bound} ${limit} characters`,
  array: (limit, bound) =>
    limit === 1 && bound === 'at least' ? 'must not be empty' : `must have ${bound} ${limit} elements`,
  number: (limit, bound) => `must be ${bound} ${limit}`,
  int: (limit, bound) => `must be ${bound} ${limit}`,
};

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  const type = Array.isArray(value) ? 'array' : typeof value;
  return TYPE_NAMES[type] ?? type;
}

/** Converts issues of zod to problems with JSON Pointers. */
export function problemsOf(error: z.ZodError): readonly Problem[] {
  return error.issues.flatMap((issue): Problem[] => {
    const path = jsonPointer(issue.path);
    // The nested issues describe the problem of a member name.
    if (issue.code === 'invalid_key')
      return [{ path, code: issue.code, message: issue.issues[0]?.message ?? issue.message }];
    if (issue.code !== 'unrecognized_keys') return [{ path, code: issue.code, message: issue.message }];
    return issue.keys.map((key) => ({
      path: jsonPointer([...issue.path, key]),
      code: 'unknown_member',
      message: 'The member is unknown or read-only.',
    }));
  });
}

function summarize(problems: readonly Problem[]): string {
  return problems.map(({ path, message }) => `${path === '' ? '(root)' : path}: ${message}`).join('; ');
}

/** Returns a path as a JSON Pointer (RFC 6901): `/steps/0/text`. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
