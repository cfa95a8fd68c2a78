import type * as z from 'zod/mini';
import type { StepKind } from '../step-kind.ts';
import { createTagStep, type CompiledTags } from './create-tag-step.ts';

export type CompiledTag = CompiledTags<'tag'>;

export const tagStep = createTagStep('tag', {
  title: 'Tag',
  summary: 'Adds tags to the user.',
  tags: 'Tags to add to the user. Templates.',
}) satisfies StepKind<TagSource, CompiledTag>;

export type TagSource = z.infer<ReturnType<typeof createTagStep<'tag'>>['schema']>;
