import {
  FLOW_LIMITS,
  isMediaSource,
  type CompiledContent,
  type CompiledMessage,
  type FormattedText,
} from '../../flow/index.ts';
import type { JsonObject } from '../../model/index.ts';
import { addTrace, type Run } from '../run/run.ts';
import { render } from '../values/render.ts';
import type { EditTarget } from './edit-target.ts';
import { renderLabel } from './inline-keyboard.ts';
import { sendFormatted } from './send-text.ts';
import { send, type OutgoingContent } from './send.ts';
import { sliceFormatted, splitFormatted } from './split-formatted.ts';

/**
 * Sends the content of a message, in place of another message if the step asks for that. A caption that is too long
 * continues as a text, and the keyboard is below the last part.
 */
export function sendContent(
  run: Run,
  step: CompiledMessage,
  content: CompiledContent,
  text: FormattedText | null,
  { keyboard, edit }: { readonly keyboard: JsonObject | null; readonly edit: EditTarget | null },
): void {
  const [caption = null] = text === null ? [] : splitFormatted(text, FLOW_LIMITS.caption);
  const start = caption === null || text === null ? 0 : text.text.indexOf(caption.text) + caption.text.length;
  const rest = text === null ? null : sliceFormatted(text, start);
  const goesOn = rest !== null && rest.text.trim() !== '';
  const call = toOutgoing(run, step, content, caption);
  const { all } = step.options;
  if (call === null) {
    addTrace(run, 'media_unusable', step.id);
    if (text !== null) sendFormatted(run, step.id, text, { keyboard, options: all, edit });
    return;
  }
  const markup: JsonObject = keyboard === null || goesOn ? {} : { reply_markup: keyboard };
  const payload = { ...call.payload, ...all, ...markup };
  send(
    run,
    edit === null || content.kind !== 'media'
      ? { ...call, payload }
      : toMediaEdit({ ...call, payload }, content.type, edit),
  );
  if (goesOn) sendFormatted(run, step.id, rest, { keyboard, options: all });
}

/** Returns null if the template did not render to anything that Telegram accepts. */
function toOutgoing(
  run: Run,
  step: CompiledMessage,
  content: CompiledContent,
  caption: FormattedText | null,
): OutgoingContent | null {
  switch (content.kind) {
    case 'media': {
      const source = render(content.source, run).trim();
      if (!isMediaSource(source)) return null;
      const payload = { [content.type]: source, ...captionFields(caption), ...step.options.media };
      return { method: SEND_METHODS[content.type], type: content.type, text: caption?.text ?? null, payload };
    }
    case 'album':
      return album(run, content.items, caption);
    case 'fields': {
      const texts = Object.fromEntries(
        Object.entries(content.templates).map(([name, template]) => [name, renderLabel(template, run)]),
      );
      return {
        method: SEND_METHODS[content.type],
        type: content.type,
        text: null,
        payload: { ...content.constants, ...texts },
      };
    }
    case 'poll': {
      const question = truncate(renderLabel(content.question, run), FLOW_LIMITS.pollQuestion);
      const options = content.options.map((option) => ({
        text: truncate(renderLabel(option, run), FLOW_LIMITS.pollOption),
      }));
      const explanation =
        content.explanation === null ? '' : truncate(render(content.explanation, run), FLOW_LIMITS.pollExplanation);
      const payload = { question, options, ...content.constants, ...(explanation === '' ? {} : { explanation }) };
      return { method: 'sendPoll', type: 'poll', text: question, payload };
    }
  }
}

/**
 * Converts a send into an edit: the media are in a member of their own. The runtime converts it back if there is
 * nothing to change.
 */
function toMediaEdit({ payload, ...call }: OutgoingContent, type: string, { message_id }: EditTarget): OutgoingContent {
  const fields = Object.entries(payload);
  const media = fields.filter(([name]) => name !== type && MEDIA_FIELDS.has(name));
  const rest = fields.filter(([name]) => name !== type && !MEDIA_FIELDS.has(name));
  return {
    ...call,
    method: 'editMessageMedia',
    payload: {
      ...(message_id === null ? {} : { message_id }),
      media: { type, media: payload[type] ?? '', ...Object.fromEntries(media) },
      ...Object.fromEntries(rest),
    },
  };
}

/** Parameters of a media message that belong to the media when it is edited. */
const MEDIA_FIELDS: ReadonlySet<string> = new Set([
  'caption',
  'caption_entities',
  'has_spoiler',
  'show_caption_above_media',
]);

/** Leaves out items that cannot be sent; a single remaining item is not an album. */
function album(
  run: Run,
  items: Extract<CompiledContent, { kind: 'album' }>['items'],
  caption: FormattedText | null,
): OutgoingContent | null {
  const usable = items
    .map(({ type, source }) => ({ type, media: render(source, run).trim() }))
    .filter(({ media }) => isMediaSource(media));
  const [first, ...others] = usable;
  if (first === undefined) return null;
  const text = caption?.text ?? null;
  if (others.length === 0)
    return {
      method: SEND_METHODS[first.type],
      type: first.type,
      text,
      payload: { [first.type]: first.media, ...captionFields(caption) },
    };
  return {
    method: 'sendMediaGroup',
    type: 'album',
    text,
    payload: { media: [{ ...first, ...captionFields(caption) }, ...others] },
  };
}

function captionFields(caption: FormattedText | null): JsonObject {
  if (caption === null) return {};
  return { caption: caption.text, ...(caption.entities.length === 0 ? {} : { caption_entities: caption.entities }) };
}

function truncate(text: string, limit: number): string {
  return splitFormatted({ text, entities: [] }, limit)[0]?.text ?? text;
}

const SEND_METHODS = {
  photo: 'sendPhoto',
  video: 'sendVideo',
  animation: 'sendAnimation',
  audio: 'sendAudio',
  voice: 'sendVoice',
  document: 'sendDocument',
  sticker: 'sendSticker',
  location: 'sendLocation',
  venue: 'sendVenue',
  contact: 'sendContact',
  dice: 'sendDice',
} as const;
