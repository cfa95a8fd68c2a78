import * as z from 'zod/mini';
import { labeled, type JsonObject } from '../../../model/index.ts';

export const linkPreview = labeled(
  z.optional(
    z.union([
      z.boolean(),
      z.strictObject({
        url: labeled(z.optional(z.string().check(z.minLength(1))), {
          title: 'URL',
          description: 'The link to preview. Default: the first link in the text.',
        }),
        size: labeled(z.optional(z.enum(['small', 'large'])), { title: 'Size', description: 'Size of the picture.' }),
        above: labeled(z.optional(z.boolean()), {
          title: 'Above the text',
          description: 'If true, the preview is above the text.',
        }),
      }),
    ]),
  ),
  { title: 'Link preview', description: '`false` for no preview, or the options of the preview.' },
);

/** Returns Telegram's parameters of the link preview. */
export function previewOf(preview: z.infer<typeof linkPreview>): JsonObject {
  if (preview === undefined || preview === true) return {};
  if (preview === false) return { link_preview_options: { is_disabled: true } };
  const { url, size, above } = preview;
  const sizes = { small: { prefer_small_media: true }, large: { prefer_large_media: true } } as const;
  return {
    link_preview_options: {
      ...(url === undefined ? {} : { url }),
      ...(size === undefined ? {} : sizes[size]),
      ...(above === undefined ? {} : { show_above_text: above }),
    },
  };
}
