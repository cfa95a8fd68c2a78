import * as z from 'zod/mini';
import { collectField } from './collect.ts';
import type { CompiledInputBase, InputKind } from './input-kind.ts';

export type CompiledAnyInput = CompiledInputBase<'any'>;

export const anyInput = {
  input: 'any',
  summary: 'a message of any kind',
  fields: { collect: collectField },
  value: z.object({ type: z.string(), text: z.nullable(z.string()), file_id: z.nullable(z.string()) }),
  compile: (): CompiledAnyInput => ({ input: 'any' }),
} satisfies InputKind<object, CompiledAnyInput>;
