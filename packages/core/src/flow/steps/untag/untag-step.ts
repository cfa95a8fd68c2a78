import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import type { Template } from '../../template/template.ts';
import { nextStep, onError, stepId } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';
import { compileTags, tagTexts } from '../tag/tag-texts.ts';

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('untag'),
    tags: labeled(tagTexts, {
      title: 'Tags',
      description: 'Tags to remove from the user. Tags that the user does not have are ignored. Templates.',
    }),
    next: nextStep,
    on_error: onError,
  }),
  { title: 'Untag', description: 'Removes tags from the user.' },
);

export type UntagSource = z.infer<typeof schema>;

export interface CompiledUntag extends CompiledBase<'untag'> {
  readonly tags: readonly Template[];
  readonly next: string | null;
}

export const untagStep = {
  type: 'untag',
  summary: 'Removes tags from the user.',
  schema,
  compile(source, context): CompiledUntag {
    return {
      kind: 'untag',
      id: source.id,
      index: context.index,
      tags: compileTags(source.tags, context),
      next: context.next(source.next, '/next'),
    };
  },
} satisfies StepKind<UntagSource, CompiledUntag>;
