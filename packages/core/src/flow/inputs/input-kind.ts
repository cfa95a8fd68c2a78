import type * as z from 'zod/mini';
import type { JsonValue } from '../../model/index.ts';
import type { CompileContext } from '../compile-context.ts';

/** Fields of every compiled input. */
export interface CompiledInputBase<Name extends string> {
  readonly input: Name;
}

/**
 * An input: a type of answers. It has the fields of a question that only some inputs have, and compiles them.
 * `engine/inputs/` parses the answers. Forms, docs and the JSON Schema are made from the titles and descriptions.
 */
export interface InputKind<Source, Compiled extends CompiledInputBase<string>> {
  readonly input: Compiled['input'];
  /** The valid answers, in a few words. */
  readonly summary: string;
  /** All fields are optional. If inputs share a name, the description of each explains its meaning there. */
  readonly fields: Readonly<Record<string, z.core.$ZodType>>;
  /** A stored answer: the type of the question's variable. */
  readonly value: z.core.$ZodType<JsonValue>;
  /** Reports problems to the context, and continues. */
  compile(source: Source, context: CompileContext): Compiled;
}

/** The fields of an input in a document. */
export type SourceOf<Fields extends Readonly<Record<string, z.core.$ZodType>>> = z.infer<z.ZodMiniObject<Fields>>;
