import * as z from 'zod/mini';
import { TAG_PATTERN, USER_LIMITS } from '../../../model/user-data.ts';
import type { CompileContext } from '../../compile-context.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import type { Template } from '../../template/template.ts';
import { templateText } from '../common-fields.ts';

/** The tags that a step is about. */
export const tagTexts = z
  .array(templateText.check(z.maxLength(FLOW_LIMITS.template)))
  .check(z.minLength(1), z.maxLength(USER_LIMITS.tags));

/** Templates of tags; one without places is checked at once. */
export function compileTags(tags: readonly string[], context: CompileContext): readonly Template[] {
  return tags.map((tag, index) => {
    const template = context.template(tag, `/tags/${index}`, { limit: FLOW_LIMITS.template });
    const constant = template.constant?.trim() ?? '';
    // What is empty is a template that could not be read, and was reported.
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
