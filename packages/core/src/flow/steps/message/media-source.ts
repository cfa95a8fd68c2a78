import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import type { CompileContext } from '../../compile-context.ts';
import type { Template } from '../../template/template.ts';

/** Types of media that are a field of the step, with Telegram's names. */
export const MEDIA_TYPES = ['photo', 'video', 'animation', 'audio', 'voice', 'document', 'sticker'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

const FILE_ID = /^[A-Za-z0-9_-]{8,250}$/;
const UPLOAD = /^upload:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export function mediaField(title: string): z.ZodMiniOptional<z.ZodMiniString> {
  return labeled(z.optional(z.string().check(z.minLength(1))), {
    title,
    description:
      'An https URL that Telegram downloads, an upload of the bot (`upload:` and its ID), ' +
      'or the `file_id` of a file that this bot has sent or received. A template.',
  });
}

/**
 * Compiles a source of media: a URL (its values are percent-encoded), an upload, a `file_id`, or a template that
 * renders to one of them.
 */
export function compileMedia(source: string, type: MediaType, key: string, context: CompileContext): Template {
  const upload = uploadOf(source);
  const isAddress = /^https:\/\//i.test(source);
  if (/^http:\/\//i.test(source))
    context.report(key, 'url_scheme', 'Media URLs must use https', 'Use a URL that starts with https://.');
  else if (isAddress && !source.includes('{') && !URL.canParse(source))
    context.report(key, 'url_invalid', 'This is not a valid URL');
  else if (upload !== null) context.upload(upload, type, key);
  else if (!isAddress && !source.startsWith('{') && !FILE_ID.test(source))
    context.report(
      key,
      'media_invalid',
      'This is not an https URL, an upload or a file_id',
      source.startsWith('upload:')
        ? 'Use "upload:" and the ID of the upload that the API returned: upload:0b6c….'
        : 'A URL must start with https://, or be a template as a whole.',
    );
  return context.template(source, key, { escape: isAddress ? 'url' : 'none' });
}

/** Returns true if a rendered source can be sent to Telegram. A local path or a URL with another scheme cannot. */
export function isMediaSource(source: string): boolean {
  return FILE_ID.test(source) || uploadOf(source) !== null || (/^https:\/\//i.test(source) && URL.canParse(source));
}

/** Returns the ID of the upload that a source refers to, or null if it refers to none. */
export function uploadOf(source: string): string | null {
  return UPLOAD.exec(source)?.[1] ?? null;
}
