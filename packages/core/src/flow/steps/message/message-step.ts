import * as z from 'zod';
import type { Template } from '../../template/template.ts';
import { nextStep, stepId, templateText } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';

const schema = z
  .strictObject({
    id: stepId,
    type: z.literal('message'),
    text: templateText.meta({ title: 'Text', description: 'What the bot says. A template: `{{ user.first_name }}`.' }),
    next: nextStep,
  })
  .meta({ title: 'Message', description: 'Says something and goes on.' });

export type MessageSource = z.infer<typeof schema>;

export interface CompiledMessage extends CompiledBase<'message'> {
  readonly text: Template;
  readonly next: string | null;
}

export const messageStep = {
  type: 'message',
  summary: 'Says something and goes on.',
  schema,
  compile: (source, context): CompiledMessage => ({
    kind: 'message',
    id: source.id,
    index: context.index,
    text: context.template(source.text, '/text'),
    next: context.next(source.next, '/next'),
  }),
} satisfies StepKind<MessageSource, CompiledMessage>;
