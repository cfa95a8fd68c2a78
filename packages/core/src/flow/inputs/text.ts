import * as z from 'zod';
import type { CompiledInputBase, InputKind, SourceOf } from './input-kind.ts';

const fields = {};

export type CompiledTextInput = CompiledInputBase<'text'>;

export const textInput = {
  input: 'text',
  summary: 'a text message',
  fields,
  value: z.string(),
  compile: (): CompiledTextInput => ({ input: 'text' }),
} satisfies InputKind<SourceOf<typeof fields>, CompiledTextInput>;
