import * as z from 'zod';
import type { CompiledInputBase, InputKind } from './input-kind.ts';

export type CompiledContactInput = CompiledInputBase<'contact'>;

export const contactInput = {
  input: 'contact',
  summary: 'a contact',
  fields: {},
  value: z.object({
    phone_number: z.string(),
    first_name: z.string(),
    last_name: z.string().nullable(),
    user_id: z.number().int().nullable(),
  }),
  compile: (): CompiledContactInput => ({ input: 'contact' }),
} satisfies InputKind<object, CompiledContactInput>;
