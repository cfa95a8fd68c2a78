import * as z from 'zod';
import type { CompileContext } from '../../compile-context.ts';
import { CALLBACK_PREFIX } from '../../callback-data.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import type { Template } from '../../template/template.ts';
import { templateText } from '../common-fields.ts';

export const menuButton = z
  .strictObject({
    text: templateText.meta({ title: 'Label', description: 'What stands on the button. A template.' }),
    response: templateText.optional().meta({ title: 'Response', description: 'What the bot says after the press. A template.' }),
    next: z
      .string()
      .nullable()
      .optional()
      .meta({ title: 'Next step', description: 'The id of the step that the press leads to; `null` ends the flow.' }),
    flow: z
      .string()
      .min(1)
      .optional()
      .meta({ title: 'Flow', description: 'Another flow of the bot to start: its id, its command with a slash (`/shop`), or its name.' }),
    url: z
      .string()
      .min(1)
      .optional()
      .meta({ title: 'URL', description: 'A link to open: http, https or tg. Values in it are percent-encoded.' }),
    answer: templateText.optional().meta({
      title: 'Notice',
      description: 'A short notice that Telegram shows over the chat when the button is pressed. A template, 200 characters at most.',
    }),
    callback_data: z.string().min(1).optional().meta({
      title: 'Callback data',
      description: "The button's own callback data, 64 bytes at most, once a bot. Made by Botloom when left out.",
    }),
  })
  .meta({ title: 'Button', description: 'A button below the message.' });

export type MenuButton = z.infer<typeof menuButton>;

/** What a press leads to besides notice and response; `stay` leaves the session where it is. */
export type ButtonTarget =
  | { readonly kind: 'stay' }
  | { readonly kind: 'step'; readonly id: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'flow'; readonly reference: string };

export type CompiledButton =
  | { readonly kind: 'url'; readonly text: Template; readonly url: Template }
  | {
      readonly kind: 'press';
      readonly text: Template;
      /** Null: generated from the button's address. */
      readonly callback_data: string | null;
      readonly answer: Template | null;
      readonly response: Template | null;
      readonly target: ButtonTarget;
    };

/** `index` counts the buttons of the step row after row; `key` is the button's pointer within the step. */
export function compileButton(button: MenuButton, index: number, key: string, context: CompileContext): CompiledButton {
  const text = context.template(button.text, `${key}/text`);
  checkTargets(button, key, context);
  if (button.url !== undefined) {
    checkScheme(button.url, `${key}/url`, context);
    return { kind: 'url', text, url: context.template(button.url, `${key}/url`, { escape: 'url' }) };
  }
  return {
    kind: 'press',
    text,
    callback_data: button.callback_data === undefined ? null : ownCallback(button.callback_data, index, `${key}/callback_data`, context),
    answer: button.answer === undefined ? null : context.template(button.answer, `${key}/answer`, { limit: FLOW_LIMITS.callbackAnswer }),
    response: button.response === undefined ? null : context.template(button.response, `${key}/response`),
    target: compileTarget(button, key, context),
  };
}

function compileTarget(button: MenuButton, key: string, context: CompileContext): ButtonTarget {
  if (button.flow !== undefined) return { kind: 'flow', reference: context.leadsToFlow(button.flow, `${key}/flow`) };
  if (button.next === undefined) return { kind: 'stay' };
  return button.next === null ? { kind: 'end' } : { kind: 'step', id: context.leadsTo(button.next, `${key}/next`) };
}

function checkTargets(button: MenuButton, key: string, context: CompileContext): void {
  const targets = (['next', 'flow', 'url'] as const).filter((name) => button[name] !== undefined);
  if (targets.length > 1) {
    context.report(key, 'button_ambiguous', `The button has ${targets.map((name) => `"${name}"`).join(' and ')}; it can lead to one only`);
  }
  if (button.url === undefined) {
    if (targets.length === 0 && button.response === undefined && button.answer === undefined) {
      context.report(key, 'button_does_nothing', 'The button does nothing', 'Give it "response", "next", "flow", "url" or "answer".');
    }
    return;
  }
  for (const name of ['response', 'answer', 'callback_data'] as const) {
    if (button[name] !== undefined) {
      context.report(
        `${key}/${name}`,
        'not_with_url',
        `A button with "url" cannot have "${name}"`,
        'Telegram opens the link itself and tells the bot nothing.',
      );
    }
  }
}

function checkScheme(url: string, key: string, context: CompileContext): void {
  if (!/^(https?|tg):\/\/\S/i.test(url)) {
    context.report(key, 'url_scheme', 'The link must begin with http://, https:// or tg://', 'The beginning cannot come from a template.');
  } else if (!url.includes('{') && !URL.canParse(url)) {
    context.report(key, 'url_invalid', 'The link is not a valid URL');
  }
}

function ownCallback(data: string, index: number, key: string, context: CompileContext): string {
  const bytes = new TextEncoder().encode(data).length;
  if (bytes > FLOW_LIMITS.callbackData) {
    context.report(key, 'callback_data_too_long', `The callback data has ${bytes} bytes; Telegram takes ${FLOW_LIMITS.callbackData}`);
  }
  if (data.startsWith(CALLBACK_PREFIX)) {
    context.report(key, 'callback_data_reserved', `Callback data that begins with "${CALLBACK_PREFIX}" is reserved`);
  }
  return context.ownCallback(data, index, key);
}
