import type * as z from 'zod/mini';
import type { JsonValue } from '../../model/index.ts';
import type { CompileContext } from '../compile-context.ts';

/** What every compiled input has. */
export interface CompiledInputBase<Name extends string> {
  readonly input: Name;
}

/**
 * What a question can take: the fields of a question that only some inputs have, and what becomes of them. How an answer is read
 * stands in `engine/inputs/`. Titles and descriptions are what forms, docs and the JSON Schema are made from.
 */
export interface InputKind<Source, Compiled extends CompiledInputBase<string>> {
  readonly input: Compiled['input'];
  /** What is taken as an answer, in a few words. */
  readonly summary: string;
  /** Every field is optional. Where inputs share a name, each says what it means there. */
  readonly fields: Readonly<Record<string, z.core.$ZodType>>;
  /** What an answer is once it is taken: the type of the question's variable. */
  readonly value: z.core.$ZodType<JsonValue>;
  /** Reports what is wrong to the context and goes on. */
  compile(source: Source, context: CompileContext): Compiled;
}

/** The fields of an input as a document gives them. */
export type SourceOf<Fields extends Readonly<Record<string, z.core.$ZodType>>> = z.infer<z.ZodMiniObject<Fields>>;
