import type { Template } from '../../flow/index.ts';
import { TAG_PATTERN, USER_LIMITS } from '../../model/user-data.ts';
import type { Run } from '../run/run.ts';
import { render } from './render.ts';

/**
 * Renders the tags of a step.
 *
 * @throws Error - when a text is not a valid tag
 */
export function renderTags(tags: readonly Template[], run: Run): readonly string[] {
  return tags.map((template) => {
    const tag = render(template, run).trim();
    if (!TAG_PATTERN.test(tag))
      throw new Error(
        `${JSON.stringify(tag.slice(0, USER_LIMITS.tag))} is not a valid tag: ` +
          `it must have 1 to ${USER_LIMITS.tag} characters, on one line`,
      );
    return tag;
  });
}
