import * as z from 'zod/mini';
import { labeled, type JsonObject } from '../../../model/index.ts';
import type { CompileContext } from '../../compile-context.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import { compileText, parseMode, type CompiledText } from '../../markup/compile-text.ts';
import { nextStep, onError, stepId, templateText } from '../common-fields.ts';
import type { CompiledButton } from '../menu/menu-button.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';
import { linkPreview, previewOf } from './link-preview.ts';
import { compileContent, CONTENT_TYPES, contentFields, takesCaption, type CompiledContent } from './message-content.ts';
import { compileKeyboard, keyboardFields, type CompiledKeyboard } from './message-keyboard.ts';

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('message'),
    text: labeled(z.optional(templateText), {
      title: 'Text',
      description: 'Text of the message, or caption of the media. A template: `{{ user.first_name }}`.',
    }),
    parse_mode: parseMode,
    ...contentFields,
    spoiler: labeled(z.optional(z.boolean()), {
      title: 'Spoiler',
      description: 'If true, a photo, video or animation is covered until it is tapped.',
    }),
    caption_above: labeled(z.optional(z.boolean()), {
      title: 'Caption above',
      description: 'If true, the text is above the photo, video or animation.',
    }),
    ...keyboardFields,
    silent: labeled(z.optional(z.boolean()), {
      title: 'Silent',
      description: 'If true, the message is delivered without sound.',
    }),
    protected: labeled(z.optional(z.boolean()), {
      title: 'Protected',
      description: 'If true, the message cannot be forwarded or saved.',
    }),
    link_preview: linkPreview,
    typing: labeled(z.optional(z.union([z.literal(true), z.number().check(z.gte(1), z.lte(20))])), {
      title: 'Typing',
      description:
        'Shows that the bot is typing (sending a photo, …) before the message: ' +
        '`true`, or a number of seconds, at most 20.',
    }),
    edit: labeled(z.optional(z.boolean()), {
      title: 'In place',
      description: "If true, it replaces the message whose button was pressed, or else the flow's last message.",
    }),
    next: nextStep,
    on_error: onError,
  }),
  { title: 'Message', description: 'Sends a message and continues.' },
);

export type MessageSource = z.infer<typeof schema>;

export interface CompiledMessage extends CompiledBase<'message'> {
  /** The text, or the caption of the content; null: none. */
  readonly text: CompiledText | null;
  readonly content: CompiledContent | null;
  readonly keyboard: CompiledKeyboard | null;
  /** Inline buttons, row by row. */
  readonly buttons: readonly CompiledButton[];
  /** Parameters of all messages that the step sends, of text messages, and of media messages. */
  readonly options: { readonly all: JsonObject; readonly text: JsonObject; readonly media: JsonObject };
  /** Number of seconds that typing is shown. 0: typing is shown, but the message is not delayed; null: not shown. */
  readonly typing: number | null;
  readonly edit: boolean;
  readonly next: string | null;
}

export const messageStep = {
  type: 'message',
  summary: 'Sends a message and continues.',
  schema,
  compile(source, context): CompiledMessage {
    const content = compileContent(source, context);
    checkCombination(source, content, context);
    const limit = content === null ? FLOW_LIMITS.text : FLOW_LIMITS.caption;
    const { keyboard, buttons } = compileKeyboard(source, context, source.parse_mode);
    return {
      kind: 'message',
      id: source.id,
      index: context.index,
      text: source.text === undefined ? null : compileText(source.text, '/text', source.parse_mode, context, limit),
      content,
      keyboard,
      buttons,
      options: {
        all: {
          ...(source.silent === true ? { disable_notification: true } : {}),
          ...(source.protected === true ? { protect_content: true } : {}),
        },
        text: previewOf(source.link_preview),
        media: {
          ...(source.spoiler === true ? { has_spoiler: true } : {}),
          ...(source.caption_above === true ? { show_caption_above_media: true } : {}),
        },
      },
      typing: source.typing === true ? 0 : (source.typing ?? null),
      edit: source.edit ?? false,
      next: context.next(source.next, '/next'),
    };
  },
} satisfies StepKind<MessageSource, CompiledMessage>;

/** Returns true if an existing message can be changed to show this content. */
function canEditInPlace(content: CompiledContent): boolean {
  return content.kind === 'media' && ['photo', 'video', 'animation', 'audio', 'document'].includes(content.type);
}

/** Reports combinations of fields that Telegram does not support. */
function checkCombination(source: MessageSource, content: CompiledContent | null, context: CompileContext): void {
  const conflict = (key: string, message: string, hint?: string): void => {
    context.report(key, 'fields_conflict', message, hint);
  };
  if (content === null && source.text === undefined)
    context.report(
      '/text',
      'required',
      '"text" is missing',
      `A message needs a text or one of ${CONTENT_TYPES.join(', ')}.`,
    );
  if (content !== null && source.text !== undefined && !takesCaption(content))
    conflict('/text', 'This content cannot have a caption', 'Send the text as a separate message.');
  if (
    content?.kind === 'album' &&
    (source.buttons ?? source.keyboard ?? source.force_reply ?? source.remove_keyboard) !== undefined
  ) {
    conflict('/album', 'An album cannot have buttons or a keyboard', 'Add them to another message.');
  }
  const isVisual = content?.kind === 'media' && ['photo', 'video', 'animation'].includes(content.type);
  for (const name of ['spoiler', 'caption_above'] as const) {
    if (source[name] !== undefined && !isVisual)
      conflict(`/${name}`, `"${name}" is only allowed with a photo, video or animation`, 'Remove it.');
  }
  if (source.link_preview !== undefined && content !== null)
    conflict('/link_preview', '"link_preview" is only allowed in a message without media', 'Remove it.');
  if (source.edit !== true) return;
  if (content !== null && !canEditInPlace(content))
    conflict(
      '/edit',
      'Only a text, photo, video, animation, audio file or document can replace another message',
      'Remove "edit".',
    );
  if (source.keyboard !== undefined || source.force_reply !== undefined || source.remove_keyboard !== undefined) {
    conflict('/edit', 'A message with "edit" can only have inline buttons', 'Remove "edit" or the keyboard.');
  }
}
