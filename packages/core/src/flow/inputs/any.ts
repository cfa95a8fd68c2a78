import * as z from 'zod';
import type { CompiledInputBase, InputKind } from './input-kind.ts';

export type CompiledAnyInput = CompiledInputBase<'any'>;

export const anyInput = {
  input: 'any',
  summary: 'a message of any kind',
  fields: {},
  value: z.object({ type: z.string(), text: z.string().nullable(), file_id: z.string().nullable() }),
  compile: (): CompiledAnyInput => ({ input: 'any' }),
} satisfies InputKind<object, CompiledAnyInput>;
