import * as z from 'zod/mini';
import { nearestHint } from '../did-you-mean.ts';
import type { FlowProblem } from '../flow-problem.ts';
import { pointer } from '../pointer.ts';
import { FORBIDDEN_KEYS } from '../template/names.ts';

type Issue = z.core.$ZodIssue;

/** Default message of zod, for checks without their own message. */
const NO_MESSAGE = 'Invalid input';

/**
 * Converts the issues of zod to problems with messages for the author of the flow.
 *
 * @param base - pointer to the data within the document
 */
export function schemaProblems(
  schema: z.core.$ZodType,
  data: unknown,
  issues: readonly Issue[],
  base: string,
): FlowProblem[] {
  return issues.flatMap((issue) => issueProblems(schema, data, issue, base));
}

function issueProblems(schema: z.core.$ZodType, data: unknown, issue: Issue, base: string): FlowProblem[] {
  const path = pointer(base, ...issue.path);
  const value = valueAt(data, issue.path);
  const name = nameOf(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(schema, issue.path);
      return issue.keys
        .filter((key) => !FORBIDDEN_KEYS.has(key))
        .map((key) => ({
          path: pointer(path, key),
          code: 'unknown_key',
          message: `"${key}" is not a known field here`,
          hint: nearestHint(key, known),
        }));
    }
    case 'invalid_union':
      return branchProblems(schema, data, issue, base);
    case 'invalid_type':
      if (value === undefined) return [{ path, code: 'required', message: `"${name}" is missing` }];
      return [
        {
          path,
          code: 'wrong_type',
          message: `"${name}" must be ${withArticle(issue.expected)}, not ${withArticle(typeName(value))}`,
        },
      ];
    case 'invalid_value':
      if (value === undefined) return [{ path, code: 'required', message: `"${name}" is missing` }];
      return [
        {
          path,
          code: 'wrong_value',
          message: `"${name}" cannot be ${JSON.stringify(value)}`,
          hint: nearestHint(typeof value === 'string' ? value : '', issue.values.map(String)),
        },
      ];
    case 'too_small':
      if (Number(issue.minimum) === 1 && issue.origin !== 'number')
        return [{ path, code: 'empty', message: `"${name}" is empty` }];
      return [{ path, code: 'too_small', message: `"${name}" must be at least ${issue.minimum}` }];
    case 'too_big':
      return [
        {
          path,
          code: 'too_big',
          message:
            issue.origin === 'number'
              ? `"${name}" must be at most ${issue.maximum}`
              : `"${name}" is longer than ${issue.maximum}`,
        },
      ];
    case 'invalid_format':
      if (typeof value === 'string' && value.trim() === '')
        return [{ path, code: 'empty', message: `"${name}" is empty` }];
      return [
        {
          path,
          code: 'wrong_format',
          message: `"${name}" contains characters that are not allowed`,
          hint: customMessage(issue),
        },
      ];
    case 'invalid_key':
      return [
        {
          path,
          code: 'wrong_format',
          message: `"${name}" contains characters that are not allowed`,
          hint: issue.issues.map(customMessage).find((words) => words !== undefined),
        },
      ];
    case 'not_multiple_of':
    case 'invalid_element':
    case 'custom':
      return [{ path, code: 'wrong_value', message: `"${name}" is not valid: ${issue.message}` }];
  }
}

/** Returns the problems of the intended branch of a union: the one whose outermost type fits. */
function branchProblems(
  schema: z.core.$ZodType,
  data: unknown,
  issue: Issue & { code: 'invalid_union' },
  base: string,
): FlowProblem[] {
  const value = valueAt(data, issue.path);
  const meant = issue.errors.find((branch) => !branch.some((inner) => hasOtherType(inner, value)));
  if (meant !== undefined) {
    return meant.flatMap((inner) =>
      issueProblems(schema, data, { ...inner, path: [...issue.path, ...inner.path] }, base),
    );
  }
  const name = nameOf(issue.path);
  if (value === undefined)
    return [{ path: pointer(base, ...issue.path), code: 'required', message: `"${name}" is missing` }];
  const wanted = [...new Set(issue.errors.flatMap((branch) => branch.flatMap(expectedTypes)))];
  return [
    {
      path: pointer(base, ...issue.path),
      code: 'wrong_type',
      message: `"${name}" must be ${joinWithOr(wanted)}, not ${describeValue(value)}`,
    },
  ];
}

function hasOtherType(issue: Issue, value: unknown): boolean {
  if (issue.path.length > 0) return false;
  return (
    issue.code === 'invalid_type' ||
    (issue.code === 'invalid_value' && !issue.values.some((each) => typeof each === typeof value))
  );
}

/** Returns the types that a branch of a union accepts for the whole value. */
function expectedTypes(issue: Issue): readonly string[] {
  if (issue.path.length > 0) return [];
  if (issue.code === 'invalid_union') return issue.errors.flatMap((branch) => branch.flatMap(expectedTypes));
  if (issue.code === 'invalid_value') return issue.values.map((value) => JSON.stringify(value));
  return issue.code === 'invalid_type' ? [withArticle(issue.expected)] : [];
}

function joinWithOr(words: readonly string[]): string {
  return words.length < 2
    ? (words[0] ?? 'something else')
    : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

/** Returns the members that the schema allows at this path. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  if (schema instanceof z.ZodMiniOptional || schema instanceof z.ZodMiniNullable)
    return keysAt(schema.def.innerType, path);
  if (schema instanceof z.ZodMiniUnion) return schema.def.options.flatMap((option) => keysAt(option, path));
  const [key, ...rest] = path;
  if (schema instanceof z.ZodMiniObject) {
    const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
    if (key === undefined) return Object.keys(shape);
    const member = shape[String(key)];
    return member === undefined ? [] : keysAt(member, rest);
  }
  if (schema instanceof z.ZodMiniArray && key !== undefined) return keysAt(schema.def.element, rest);
  return [];
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined, // `hasOwn` has checked it
    data,
  );
}

/** Returns the name of a place for messages: `text`, or `buttons[2]` for an element of a list. */
function nameOf(path: readonly PropertyKey[]): string {
  const [parent, last] = path.slice(-2).length === 2 ? path.slice(-2) : [undefined, path[0]];
  return typeof last === 'number' ? `${String(parent ?? 'list')}[${last}]` : String(last ?? 'value');
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Numbers and booleans are shown, because another value may be valid. */
function describeValue(value: unknown): string {
  return typeof value === 'number' || typeof value === 'boolean' ? JSON.stringify(value) : withArticle(typeName(value));
}

function withArticle(type: string): string {
  if (type === 'int') return 'a whole number';
  if (type === 'record') return 'an object';
  if (type === 'null' || type === 'undefined') return type;
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}

function customMessage({ message }: Issue): string | undefined {
  return message === NO_MESSAGE ? undefined : message;
}
