import * as z from 'zod/mini';
import { CHAT_NAME_PATTERN, readChatId } from '../../../model/chat-names.ts';
import { labeled, type JsonObject } from '../../../model/index.ts';
import { compileText, parseMode, type CompiledText } from '../../markup/compile-text.ts';
import type { Template } from '../../template/template.ts';
import { nextStep, onError, stepId, templateText } from '../common-fields.ts';
import { linkPreview, previewOf } from '../message/link-preview.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('notify'),
    to: labeled(templateText.check(z.maxLength(256)), {
      title: 'To',
      description: "The chat: a name from the bot's setting `chats`, or its Telegram chat ID. A template.",
    }),
    topic: labeled(z.optional(z.int().check(z.gte(1))), {
      title: 'Topic',
      description: 'Telegram ID of a topic in the chat.',
    }),
    text: labeled(templateText, { title: 'Text', description: 'The message. A template.' }),
    parse_mode: parseMode,
    silent: labeled(z.optional(z.boolean()), {
      title: 'Silent',
      description: 'If true, the message is delivered without sound.',
    }),
    protected: labeled(z.optional(z.boolean()), {
      title: 'Protected',
      description: 'If true, the message cannot be forwarded or saved.',
    }),
    link_preview: linkPreview,
    next: nextStep,
    on_error: onError,
  }),
  { title: 'Notify', description: 'Sends a message to another chat and continues.' },
);

export type NotifySource = z.infer<typeof schema>;

export interface CompiledNotify extends CompiledBase<'notify'> {
  readonly to: Template;
  /** 0: the chat itself. */
  readonly thread_id: number;
  readonly text: CompiledText;
  /** Parameters of every message. */
  readonly options: JsonObject;
  readonly next: string | null;
}

export const notifyStep = {
  type: 'notify',
  summary: 'Sends a message to another chat and continues.',
  schema,
  compile(source, context): CompiledNotify {
    const to = context.template(source.to, '/to');
    const constant = to.constant?.trim() ?? '';
    // An empty constant is a template that is not valid, which was reported already.
    if (constant !== '' && readChatId(constant) === null && !CHAT_NAME_PATTERN.test(constant)) {
      context.report(
        '/to',
        'wrong_format',
        `${JSON.stringify(constant)} is neither a chat ID nor a name`,
        'Add a name for the chat ID to the bot\'s setting "chats". Public chats have an ID, too.',
      );
    }
    return {
      kind: 'notify',
      id: source.id,
      index: context.index,
      to,
      thread_id: source.topic ?? 0,
      text: compileText(source.text, '/text', source.parse_mode, context),
      options: {
        ...(source.silent === true ? { disable_notification: true } : {}),
        ...(source.protected === true ? { protect_content: true } : {}),
        ...previewOf(source.link_preview),
      },
      next: context.next(source.next, '/next'),
    };
  },
} satisfies StepKind<NotifySource, CompiledNotify>;
