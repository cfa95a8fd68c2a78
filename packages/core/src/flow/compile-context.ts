import type { FlowProblemCode } from './flow-problem.ts';
import type { Pattern } from './pattern/compile-pattern.ts';
import type { Escape, Template } from './template/template.ts';

/**
 * What a step kind compiles against. Keys are pointers within the step: `/text`, `/buttons/2/next`.
 * Everything that goes through here is also what the checks of the whole flow know of the step.
 */
export interface CompileContext {
  /** Index of the step in the document. */
  readonly index: number;
  /** Parses a text; what is wrong with it is reported. `limit` bounds its literal part. */
  template(source: string, key: string, options?: TemplateOptions): Template;
  /** The step that follows: `undefined` means what the document's form says it means. */
  next(target: string | null | undefined, key: string): string | null;
  /** A step that the step may lead to. */
  stepReference(target: string, key: string): string;
  /** A step that a press may lead to, some time: no part of a round that never waits. */
  deferredStepReference(target: string, key: string): string;
  /** Another flow that the step may lead to: an id, a `/command` or a name. */
  flowReference(reference: string, key: string): string;
  /** The step reads what stands at this path of the document's `source`; null: it is no path. Gives the path to look up. `known` as in a template. */
  readPath(path: readonly string[] | null, source: string, key: string, known?: ReadonlySet<string>): readonly string[];
  /** Parses a pattern; what is wrong with it is reported, and null given. */
  pattern(source: string, key: string, options?: { readonly ignore_case?: boolean }): Pattern | null;
  /** The step puts a secret of the bot into a request. Gives its name. */
  secret(name: string, key: string): string;
  /** The step sends an upload of the bot, as this kind of media. */
  upload(id: string, type: string, key: string): void;
  /** The step sets this variable. */
  declareVariable(variable: string, key: string): string;
  /** The step stops the walk until something happens, so a loop through it is no endless one. */
  markWaiting(): void;
  /** A button's own callback data; `button` is its index on the step. */
  customCallback(data: string, button: number, key: string): string;
  /** Something is wrong, yet the flow can run: refused when it is saved, not when it is loaded. */
  report(key: string, code: FlowProblemCode, message: string, hint?: string): void;
}

export interface TemplateOptions {
  readonly escape?: Escape;
  /** Characters of its literal part; default {@link FLOW_LIMITS.text}. */
  readonly limit?: number;
  /** Variables that have a value here although no earlier step sets them: the step itself has just done so. */
  readonly known?: ReadonlySet<string>;
}
