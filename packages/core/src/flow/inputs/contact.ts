import * as z from 'zod/mini';
import type { CompiledInputBase, InputKind } from './input-kind.ts';

export type CompiledContactInput = CompiledInputBase<'contact'>;

export const contactInput = {
  input: 'contact',
  summary: 'a contact',
  fields: {},
  value: z.object({
    phone_number: z.string(),
    first_name: z.string(),
    last_name: z.nullable(z.string()),
    user_id: z.nullable(z.int()),
  }),
  compile: (): CompiledContactInput => ({ input: 'contact' }),
} satisfies InputKind<object, CompiledContactInput>;
