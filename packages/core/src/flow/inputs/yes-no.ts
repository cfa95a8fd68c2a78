import * as z from 'zod/mini';
import { labeled } from '../../model/index.ts';
import { templateText } from '../steps/common-fields.ts';
import type { Template } from '../template/template.ts';
import type { CompiledInputBase, InputKind, SourceOf } from './input-kind.ts';

const fields = {
  yes: labeled(z.optional(templateText), {
    title: 'Yes',
    description: 'Of yes or no: label for yes. Default: "Yes". A template.',
  }),
  no: labeled(z.optional(templateText), {
    title: 'No',
    description: 'Of yes or no: label for no. Default: "No". A template.',
  }),
};

export interface CompiledYesNoInput extends CompiledInputBase<'yes_no'> {
  readonly yes: Template;
  readonly no: Template;
}

export const yesNoInput = {
  input: 'yes_no',
  summary: 'yes or no',
  fields,
  value: z.boolean(),
  compile: (source, context): CompiledYesNoInput => ({
    input: 'yes_no',
    yes: context.template(source.yes ?? 'Yes', '/yes'),
    no: context.template(source.no ?? 'No', '/no'),
  }),
} satisfies InputKind<SourceOf<typeof fields>, CompiledYesNoInput>;
