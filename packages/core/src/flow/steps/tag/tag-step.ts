import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import type { Template } from '../../template/template.ts';
import { nextStep, onError, stepId } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';
import { compileTags, tagTexts } from './tag-texts.ts';

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('tag'),
    tags: labeled(tagTexts, { title: 'Tags', description: 'Tags to add to the user. Templates.' }),
    next: nextStep,
    on_error: onError,
  }),
  { title: 'Tag', description: 'Adds tags to the user.' },
);

export type TagSource = z.infer<typeof schema>;

export interface CompiledTag extends CompiledBase<'tag'> {
  readonly tags: readonly Template[];
  readonly next: string | null;
}

export const tagStep = {
  type: 'tag',
  summary: 'Adds tags to the user.',
  schema,
  compile(source, context): CompiledTag {
    return {
      kind: 'tag',
      id: source.id,
      index: context.index,
      tags: compileTags(source.tags, context),
      next: context.next(source.next, '/next'),
    };
  },
} satisfies StepKind<TagSource, CompiledTag>;
