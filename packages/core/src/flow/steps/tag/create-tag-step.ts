import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import type { CompileContext } from '../../compile-context.ts';
import type { Template } from '../../template/template.ts';
import { nextStep, onError, stepId } from '../common-fields.ts';
import type { CompiledBase, StepSource } from '../step-kind.ts';
import { compileTags, tagTexts } from './tag-texts.ts';

export interface CompiledTags<Type extends string> extends CompiledBase<Type> {
  readonly tags: readonly Template[];
  readonly next: string | null;
}

type TagSchema<Type extends string> = z.ZodMiniObject<
  {
    id: typeof stepId;
    type: z.ZodMiniLiteral<Type>;
    tags: typeof tagTexts;
    next: typeof nextStep;
    on_error: typeof onError;
  },
  z.core.$strict
>;

export interface TagsSource extends StepSource {
  readonly tags: readonly string[];
  readonly next?: string | null | undefined;
}

/** Returns a kind of step that changes the tags of the user: `tag` or `untag`. */
export function createTagStep<const Type extends string>(
  type: Type,
  texts: { readonly title: string; readonly summary: string; readonly tags: string },
): {
  readonly type: Type;
  readonly summary: string;
  readonly schema: TagSchema<Type>;
  compile(source: TagsSource, context: CompileContext): CompiledTags<Type>;
} {
  return {
    type,
    summary: texts.summary,
    schema: labeled(
      z.strictObject({
        id: stepId,
        type: z.literal(type),
        tags: labeled(tagTexts, { title: 'Tags', description: texts.tags }),
        next: nextStep,
        on_error: onError,
      }),
      { title: texts.title, description: texts.summary },
    ),
    compile: ({ id, tags, next }, context) => ({
      kind: type,
      id,
      index: context.index,
      tags: compileTags(tags, context),
      next: context.next(next, '/next'),
    }),
  };
}
