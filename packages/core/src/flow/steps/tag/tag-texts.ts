import * as z from 'zod/mini';
import { TAG_PATTERN, USER_LIMITS } from '../../../model/user-data.ts';
import type { CompileContext } from '../../compile-context.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import type { Template } from '../../template/template.ts';
import { templateText } from '../common-fields.ts';

/** The tags of a step. */
export const tagTexts = z
  .array(templateText.check(z.maxLength(FLOW_LIMITS.template)))
  .check(z.minLength(1), z.maxLength(USER_LIMITS.tags));

/** Compiles the templates of tags. A template without placeholders is checked here. */
export function compileTags(tags: readonly string[], context: CompileContext): readonly Template[] {
  return tags.map((tag, index) => {
    const template = context.template(tag, `/tags/${index}`, { limit: FLOW_LIMITS.template });
    const constant = template.constant?.trim() ?? '';
    // An empty constant is a template that is not valid, which was reported already.
    if (constant !== '' && !TAG_PATTERN.test(constant)) {
      context.report(
        `/tags/${index}`,
        'wrong_format',
        `This is not a valid tag: a tag has at most ${USER_LIMITS.tag} characters on one line`,
      );
    }
    return template;
  });
}
