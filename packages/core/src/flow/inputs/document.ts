import { collectField } from './collect.ts';
import { fileAnswer } from './file-answer.ts';
import type { CompiledInputBase, InputKind } from './input-kind.ts';

export type CompiledDocumentInput = CompiledInputBase<'document'>;

export const documentInput = {
  input: 'document',
  summary: 'a file',
  fields: { collect: collectField },
  value: fileAnswer,
  compile: (): CompiledDocumentInput => ({ input: 'document' }),
} satisfies InputKind<object, CompiledDocumentInput>;
