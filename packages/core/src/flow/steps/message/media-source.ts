import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import type { CompileContext } from '../../compile-context.ts';
import type { Template } from '../../template/template.ts';

/** Media that are one field of the step, by Telegram's names. */
export const MEDIA_TYPES = ['photo', 'video', 'animation', 'audio', 'voice', 'document', 'sticker'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

const FILE_ID = /^[A-Za-z0-9_-]{8,250}$/;
const UPLOAD = /^upload:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export function mediaField(title: string): z.ZodMiniOptional<z.ZodMiniString> {
  return labeled(z.optional(z.string().check(z.minLength(1))), {
    title,
    description:
      'An https URL that Telegram downloads, an upload of the bot (`upload:` and its ID), or the `file_id` of a file that this bot has sent or received. A template.',
  });
}

/** An address with values percent-encoded, an upload, a `file_id`, or a template that gives one of them. */
export function compileMedia(source: string, type: MediaType, key: string, context: CompileContext): Template {
  const upload = uploadOf(source);
  const isAddress = /^https:\/\//i.test(source);
  if (/^http:\/\//i.test(source))
    context.report(key, 'url_scheme', 'Media are fetched over https only', 'Begin the address with https://.');
  else if (isAddress && !source.includes('{') && !URL.canParse(source))
    context.report(key, 'url_invalid', 'The address is not a valid URL');
  else if (upload !== null) context.upload(upload, type, key);
  else if (!isAddress && !source.startsWith('{') && !FILE_ID.test(source))
    context.report(
      key,
      'media_invalid',
      'This is neither an https URL nor an upload nor a file_id',
      source.startsWith('upload:')
        ? 'An upload is named by its id, as the API gave it: upload:0b6c….'
        : 'Begin an address with https://; a template may give all of it.',
    );
  return context.template(source, key, { escape: isAddress ? 'url' : 'none' });
}

/** Whether a rendered source is something that Telegram may be given: a local path or another scheme is not. */
export function isMediaSource(source: string): boolean {
  return FILE_ID.test(source) || uploadOf(source) !== null || (/^https:\/\//i.test(source) && URL.canParse(source));
}

/** The id of the upload that a source names; null: it names none. */
export function uploadOf(source: string): string | null {
  return UPLOAD.exec(source)?.[1] ?? null;
}
