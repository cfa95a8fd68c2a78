import { collectField } from './collect.ts';
import { fileAnswer } from './file-answer.ts';
import type { CompiledInputBase, InputKind } from './input-kind.ts';

export type CompiledPhotoInput = CompiledInputBase<'photo'>;

export const photoInput = {
  input: 'photo',
  summary: 'a photo',
  fields: { collect: collectField },
  value: fileAnswer,
  compile: (): CompiledPhotoInput => ({ input: 'photo' }),
} satisfies InputKind<object, CompiledPhotoInput>;
