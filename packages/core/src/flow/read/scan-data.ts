import type { FlowProblem, FlowProblemCode } from '../flow-problem.ts';
import { FLOW_LIMITS } from '../limits.ts';
import { pointer } from '../pointer.ts';
import { FORBIDDEN_KEYS } from '../template/names.ts';

export interface Scan {
  readonly problems: readonly FlowProblem[];
  /** The data is too large or too deep to be read. */
  readonly is_fatal: boolean;
}

/** An object and its parents. The path is only built for problems. */
interface PathNode {
  readonly value: object;
  readonly key: string;
  readonly parent: PathNode | null;
  readonly depth: number;
}

/**
 * Checks untrusted data before recursive code reads it: size, depth, and keys that would change prototypes.
 * The check itself is not recursive.
 */
export function scanData(data: unknown): Scan {
  const problems: FlowProblem[] = [];
  const pending: PathNode[] =
    typeof data === 'object' && data !== null ? [{ value: data, key: '', parent: null, depth: 0 }] : [];
  let size = 8;
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const { value, depth } = at;
    if (depth >= FLOW_LIMITS.depth) {
      return fatalProblem(
        problems,
        pathOf(at),
        'document_too_deep',
        `The flow is nested deeper than ${FLOW_LIMITS.depth} levels`,
      );
    }
    for (const key of Object.keys(value)) {
      const member: unknown = (value as Readonly<Record<string, unknown>>)[key]; // its own key
      size += key.length + 4 + sizeOf(member);
      if (size > FLOW_LIMITS.document)
        return fatalProblem(
          problems,
          '',
          'document_too_large',
          `The flow is larger than ${FLOW_LIMITS.document} characters`,
        );
      if (FORBIDDEN_KEYS.has(key))
        problems.push({
          path: pointer(pathOf(at), key),
          code: 'key_forbidden',
          message: `The key "${key}" is not allowed`,
        });
      if (typeof member === 'object' && member !== null)
        pending.push({ value: member, key, parent: at, depth: depth + 1 });
    }
  }
  return { problems, is_fatal: false };
}

function pathOf({ parent, key }: PathNode): string {
  return parent === null ? '' : pointer(pathOf(parent), key);
}

function fatalProblem(problems: readonly FlowProblem[], path: string, code: FlowProblemCode, message: string): Scan {
  return {
    problems: [
      ...problems,
      { path, code, message, hint: 'Split the flow. A button or a jump can start another flow.' },
    ],
    is_fatal: true,
  };
}

/** Returns the approximate length of the value as JSON, without its members. */
function sizeOf(value: unknown): number {
  return typeof value === 'string' ? value.length + 2 : 8;
}
