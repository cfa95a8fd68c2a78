import { collectField } from './collect.ts';
import { fileAnswer } from './file-answer.ts';
import type { CompiledInputBase, InputKind } from './input-kind.ts';

export type CompiledVoiceInput = CompiledInputBase<'voice'>;

export const voiceInput = {
  input: 'voice',
  summary: 'a voice message',
  fields: { collect: collectField },
  value: fileAnswer,
  compile: (): CompiledVoiceInput => ({ input: 'voice' }),
} satisfies InputKind<object, CompiledVoiceInput>;
