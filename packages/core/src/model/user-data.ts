import type { JsonObject } from './values.ts';

/** Bounds of what a bot keeps of one person by itself; they are read and written with every change, so they stay small. */
export const USER_LIMITS = {
  tags: 100,
  /** Characters of a tag. */
  tag: 64,
  attributes: 100,
  /** Characters of an attribute's name. */
  attributeName: 64,
  /** Characters of all attributes as JSON. */
  attributesSize: 16_000,
} as const;

/** A tag: 1 to 64 characters, none of them a control character, no space at its ends. */
export const TAG = /^(?!\s)[^\p{Cc}\p{Cs}]{1,64}(?<!\s)$/u;

/** The name of an attribute, of {@link USER_LIMITS} `attributeName` characters at most, as templates can read it: `user.attributes.city`. */
export const ATTRIBUTE_NAME =
  /^(?!(?:__proto__|constructor|prototype)$)[\p{L}_](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?$/u;

/** Why a person cannot have these tags and attributes; null when they can. Of names and tags themselves it says nothing. */
export function userDataObjection({
  tags,
  attributes,
}: {
  readonly tags: readonly string[];
  readonly attributes: JsonObject;
}): string | null {
  if (tags.length > USER_LIMITS.tags) return `A person has ${USER_LIMITS.tags} tags at most`;
  if (Object.keys(attributes).length > USER_LIMITS.attributes)
    return `A person has ${USER_LIMITS.attributes} attributes at most`;
  const size = JSON.stringify(attributes).length;
  return size > USER_LIMITS.attributesSize
    ? `The attributes of a person take ${USER_LIMITS.attributesSize} characters at most as JSON; these take ${size}`
    : null;
}
