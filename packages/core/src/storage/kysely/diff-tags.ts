import type { UserChange } from '../update-batch.ts';

/** What a change of a person means for the index of tags. */
export function diffTags({ tags, tags_before }: Pick<UserChange, 'tags' | 'tags_before'>): {
  readonly added: readonly string[];
  readonly removed: readonly string[];
} {
  const [before, after] = [new Set(tags_before), new Set(tags)];
  return { added: tags.filter((tag) => !before.has(tag)), removed: tags_before.filter((tag) => !after.has(tag)) };
}
