import * as z from 'zod/mini';
import type { CompiledInputBase, InputKind } from './input-kind.ts';

export type CompiledEmailInput = CompiledInputBase<'email'>;

export const emailInput = {
  input: 'email',
  summary: 'an email address',
  fields: {},
  value: z.string(),
  compile: (): CompiledEmailInput => ({ input: 'email' }),
} satisfies InputKind<object, CompiledEmailInput>;
