import * as z from 'zod/mini';
import { labeled } from '../../model/index.ts';
import type { Template } from '../template/template.ts';
import type { CompiledInputBase, InputKind, SourceOf } from './input-kind.ts';
import { compileShareButton, shareButtonField } from './share-button.ts';

const fields = {
  ...shareButtonField,
  country_code: labeled(z.optional(z.string().check(z.regex(/^\+[1-9]\d{0,2}$/, 'Use the form "+49".'))), {
    title: 'Country code',
    description:
      'Of a phone number: country code (`+49`) for numbers that are typed without one. ' +
      'Default: such numbers are rejected.',
  }),
};

export interface CompiledPhoneInput extends CompiledInputBase<'phone'> {
  readonly button: Template | null;
  readonly country_code: string | null;
}

export const phoneInput = {
  input: 'phone',
  summary: 'a phone number',
  fields,
  value: z.string().check(z.regex(/^\+\d{7,15}$/)),
  compile: (source, context): CompiledPhoneInput => ({
    input: 'phone',
    button: compileShareButton(source.button, 'Share my number', context),
    country_code: source.country_code ?? null,
  }),
} satisfies InputKind<SourceOf<typeof fields>, CompiledPhoneInput>;
