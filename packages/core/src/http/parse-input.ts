import type { z } from 'zod';
import { describeIssue, jsonPointer, problemsOf } from '../app/index.ts';
import { PATH_PARAMS, type Endpoint, type PathParam, type PathParamName } from '../contract/index.ts';
import { BotloomError, type Problem } from '../errors/index.ts';
import type { RequestHead } from './http-types.ts';

/** Parses path parameters. A malformed value is refused like one that does not exist: with 404. */
export function parseParams(params: RequestHead['params']): Record<string, unknown> {
  const parsed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(params)) {
    // The contract does not compile with another name.
    const { schema, not_found, form }: PathParam = PATH_PARAMS[name as PathParamName];
    const result = schema.safeParse(value);
    if (!result.success) throw new BotloomError(not_found, form);
    parsed[name] = result.data;
  }
  return parsed;
}

/**
 * Parses the query. Unknown and repeated parameters are refused.
 *
 * @throws BAD_REQUEST
 */
export function parseQuery(endpoint: Endpoint, search: string): unknown {
  if (endpoint.query === undefined && search === '') return undefined;
  const known = Object.keys(endpoint.query?.shape ?? {});
  const given = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(search)) {
    if (!known.includes(name))
      throw badQuery([
        {
          path: jsonPointer([name]),
          code: 'unknown_parameter',
          message: `Unknown parameter ${JSON.stringify(name)}.`,
          hint: describeKnownNames(known),
        },
      ]);
    if (given.has(name))
      throw badQuery([
        { path: jsonPointer([name]), code: 'repeated_parameter', message: `The parameter ${name} is repeated.` },
      ]);
    given.set(name, value);
  }
  const result = endpoint.query?.safeParse(Object.fromEntries(given), { error: describeIssue });
  if (result?.success === false) throw badQuery(problemsOf(result.error));
  return result?.data;
}

/**
 * Parses the body.
 *
 * @throws VALIDATION_FAILED - with every problem
 */
export function parseBody(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value, { error: describeIssue });
  if (result.success) return result.data;
  const problems = problemsOf(result.error);
  throw new BotloomError('VALIDATION_FAILED', summary(problems), { problems });
}

function badQuery(problems: readonly Problem[]): BotloomError {
  return new BotloomError('BAD_REQUEST', `The query is not valid: ${summary(problems)}`, { problems });
}

function summary(problems: readonly Problem[]): string {
  const [first] = problems;
  if (first === undefined) return 'the reason is unknown.';
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return `${first.path === '' ? '' : `${first.path}: `}${first.message}${more}`;
}

function describeKnownNames(names: readonly string[]): string {
  return names.length === 0
    ? 'This endpoint has no parameters.'
    : `This endpoint has the parameters ${names.join(', ')}.`;
}
