import { collectField } from './collect.ts';
import { fileAnswer } from './file-answer.ts';
import type { CompiledInputBase, InputKind } from './input-kind.ts';

export type CompiledVideoInput = CompiledInputBase<'video'>;

export const videoInput = {
  input: 'video',
  summary: 'a video',
  fields: { collect: collectField },
  value: fileAnswer,
  compile: (): CompiledVideoInput => ({ input: 'video' }),
} satisfies InputKind<object, CompiledVideoInput>;
