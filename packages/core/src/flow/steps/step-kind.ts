import type * as z from 'zod/mini';
import type { CompileContext } from '../compile-context.ts';

/** What every step of a document has. */
export interface StepSource {
  readonly id: string;
  readonly type: string;
  readonly on_error?: string | undefined;
}

/** What every compiled step has. */
export interface CompiledBase<Type extends string> {
  readonly kind: Type;
  readonly id: string;
  /** Its place in the document, by which generated callback data names it. */
  readonly index: number;
}

/**
 * One kind of step: what a document may say of it, and what becomes of that. Its behavior stands in `engine/steps/`.
 * The schema's titles and descriptions are what forms, docs and the JSON Schema are made from.
 */
export interface StepKind<Source extends StepSource, Compiled extends CompiledBase<Source['type']>> {
  readonly type: Source['type'];
  readonly summary: string;
  /** An object schema, strict, with `type` as a literal. It checks shapes; limits and references are checked in `compile`. */
  readonly schema: z.core.$ZodType<Source>;
  /** Where a kind has several shapes, the schema of just the one that this source has; null: `schema` says it. */
  variant?(source: Readonly<Record<string, unknown>>): z.core.$ZodType<Source> | null;
  /** Reports what is wrong to the context and goes on, so that everything is found at once. */
  compile(source: Source, context: CompileContext): Compiled;
}
