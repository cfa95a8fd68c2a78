import * as z from 'zod/mini';
import type { CompiledInputBase, InputKind } from './input-kind.ts';

export type CompiledUrlInput = CompiledInputBase<'url'>;

export const urlInput = {
  input: 'url',
  summary: 'a web address',
  fields: {},
  value: z.string(),
  compile: (): CompiledUrlInput => ({ input: 'url' }),
} satisfies InputKind<object, CompiledUrlInput>;
