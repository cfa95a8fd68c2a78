import type { MessageEntity } from '../telegram-objects.ts';

/** Returns the entity for a link: a user mention for `tg://user?id=…`, or undefined if the address is not valid. */
export function linkEntity(url: string, offset: number, length: number): MessageEntity | undefined {
  const userId = /^tg:\/\/user\?id=(\d+)$/.exec(url)?.[1];
  if (userId) {
    return { type: 'text_mention', offset, length, user: { id: Number(userId), is_bot: false, first_name: '' } };
  }
  const checked = checkedLink(url.trim());
  return checked === undefined ? undefined : { type: 'text_link', offset, length, url: checked };
}

/** Returns the ID of a `tg://emoji?id=…` link. */
export function customEmojiId(url: string): string | undefined {
  return /^tg:\/\/emoji\?id=([1-9]\d*)$/.exec(url)?.[1];
}

function checkedLink(url: string): string | undefined {
  if (/^(tg|ton|tonsite):\/\/./i.test(url)) return url;
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `http://${url}`;
  if (!/^https?:\/\//i.test(withScheme) || !URL.canParse(withScheme)) return undefined;
  const { hostname, href } = new URL(withScheme);
  return hostname.includes('.') || hostname === 'localhost' ? href : undefined;
}
