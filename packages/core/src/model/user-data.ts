import type { JsonObject } from './values.ts';

/** Limits of the tags and attributes of one user. They are read and written with every change, so they are small. */
export const USER_LIMITS = {
  tags: 100,
  /** Characters per tag. */
  tag: 64,
  attributes: 100,
  /** Characters per attribute name. */
  attributeName: 64,
  /** Characters of JSON of all attributes. */
  attributesSize: 16_000,
} as const;

/** A tag: 1 to 64 characters, no control characters, no space at its ends. */
export const TAG_PATTERN = /^(?!\s)[^\p{Cc}\p{Cs}]{1,64}(?<!\s)$/u;

/** The name of an attribute, as templates can read it: `user.attributes.city`. Its length is limited separately. */
export const ATTRIBUTE_NAME_PATTERN =
  /^(?!(?:__proto__|constructor|prototype)$)[\p{L}_](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?$/u;

/**
 * Returns the reason why these tags and attributes exceed the limits, or null if they do not. It does not check the
 * form of tags and names.
 */
export function userDataProblem({
  tags,
  attributes,
}: {
  readonly tags: readonly string[];
  readonly attributes: JsonObject;
}): string | null {
  if (tags.length > USER_LIMITS.tags) return `A user can have at most ${USER_LIMITS.tags} tags`;
  if (Object.keys(attributes).length > USER_LIMITS.attributes)
    return `A user can have at most ${USER_LIMITS.attributes} attributes`;
  const size = JSON.stringify(attributes).length;
  return size > USER_LIMITS.attributesSize
    ? `The attributes of a user can have at most ${USER_LIMITS.attributesSize} characters of JSON; these have ${size}`
    : null;
}
