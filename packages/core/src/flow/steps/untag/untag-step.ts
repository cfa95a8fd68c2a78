import type * as z from 'zod/mini';
import type { StepKind } from '../step-kind.ts';
import { createTagStep, type CompiledTags } from '../tag/create-tag-step.ts';

export type CompiledUntag = CompiledTags<'untag'>;

export const untagStep = createTagStep('untag', {
  title: 'Untag',
  summary: 'Removes tags from the user.',
  tags: 'Tags to remove from the user. Tags that the user does not have are ignored. Templates.',
}) satisfies StepKind<UntagSource, CompiledUntag>;

export type UntagSource = z.infer<ReturnType<typeof createTagStep<'untag'>>['schema']>;
