import * as z from 'zod/mini';
import { labeled, type JsonObject } from '../../../model/index.ts';

/** Appearance of a button or a key (Bot API 9.4 and later). */
export const buttonStyleFields = {
  style: labeled(z.optional(z.enum(['primary', 'success', 'danger'])), {
    title: 'Style',
    description: 'The color of the button: `primary` (blue), `success` (green) or `danger` (red).',
  }),
  icon_custom_emoji_id: labeled(z.optional(z.string().check(z.regex(/^[1-9]\d*$/))), {
    title: 'Icon',
    description: 'ID of a custom emoji that is shown before the label. Only for bots whose owner has Telegram Premium.',
  }),
};

export function compileButtonStyle({
  style,
  icon_custom_emoji_id,
}: {
  readonly style?: string | undefined;
  readonly icon_custom_emoji_id?: string | undefined;
}): JsonObject {
  return {
    ...(style === undefined ? {} : { style }),
    ...(icon_custom_emoji_id === undefined ? {} : { icon_custom_emoji_id }),
  };
}
