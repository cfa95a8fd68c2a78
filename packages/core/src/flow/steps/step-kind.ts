import type * as z from 'zod/mini';
import type { CompileContext } from '../compile-context.ts';

/** Fields of every step of a document. */
export interface StepSource {
  readonly id: string;
  readonly type: string;
  readonly on_error?: string | undefined;
}

/** Fields of every compiled step. */
export interface CompiledBase<Type extends string> {
  readonly kind: Type;
  readonly id: string;
  /** Its index in the document. Generated callback data refers to it. */
  readonly index: number;
}

/**
 * A kind of step: the schema of its fields in a document, and their compilation. Its behavior is in `engine/steps/`.
 * Forms, docs and the JSON Schema are made from the titles and descriptions of the schema.
 */
export interface StepKind<Source extends StepSource, Compiled extends CompiledBase<Source['type']>> {
  readonly type: Source['type'];
  readonly summary: string;
  /**
   * A strict object schema with `type` as a literal. It checks the shape; `compile` checks limits and references.
   */
  readonly schema: z.core.$ZodType<Source>;
  /** If the kind has several shapes: returns the schema of the shape of this source, or null to use `schema`. */
  variant?(source: Readonly<Record<string, unknown>>): z.core.$ZodType<Source> | null;
  /** Reports problems to the context and continues, so that all problems are found at once. */
  compile(source: Source, context: CompileContext): Compiled;
}
