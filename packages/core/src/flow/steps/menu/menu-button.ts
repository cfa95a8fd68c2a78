import * as z from 'zod/mini';
import { labeled, type JsonObject } from '../../../model/index.ts';
import { CALLBACK_PREFIX } from '../../callback-data.ts';
import type { CompileContext } from '../../compile-context.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import { compileText, type CompiledText } from '../../markup/compile-text.ts';
import type { ParseMode } from '../../markup/formatted-text.ts';
import type { Template } from '../../template/template.ts';
import { templateText } from '../common-fields.ts';
import { buttonStyleFields, compileButtonStyle } from './button-style-fields.ts';

const fields = {
  text: labeled(templateText, { title: 'Label', description: 'What stands on the button. A template.' }),
  response: labeled(z.optional(templateText), {
    title: 'Response',
    description: 'What the bot says after the press. A template.',
  }),
  next: labeled(z.optional(z.nullable(z.string())), {
    title: 'Next step',
    description: 'The id of the step that the press leads to; `null` ends the flow.',
  }),
  flow: labeled(z.optional(z.string().check(z.minLength(1))), {
    title: 'Flow',
    description: 'Another flow of the bot to start: its id, its command with a slash (`/shop`), or its name.',
  }),
  url: labeled(z.optional(z.string().check(z.minLength(1))), {
    title: 'URL',
    description: 'A link to open: http, https or tg. Values in it are percent-encoded.',
  }),
  web_app: labeled(z.optional(z.string().check(z.minLength(1))), {
    title: 'Web app',
    description: 'The https address of a web app (Mini App) to open. Values in it are percent-encoded.',
  }),
  copy_text: labeled(z.optional(templateText), {
    title: 'Text to copy',
    description: 'What the press copies to the clipboard. A template, 256 characters at most.',
  }),
  answer: labeled(z.optional(templateText), {
    title: 'Notice',
    description:
      'A short notice that Telegram shows over the chat when the button is pressed. A template, 200 characters at most.',
  }),
  callback_data: labeled(z.optional(z.string().check(z.minLength(1))), {
    title: 'Callback data',
    description: "The button's own callback data, 64 bytes at most, once a bot. Made by Botloom when left out.",
  }),
  ...buttonStyleFields,
};

/** A button below a message. */
export const inlineButton = labeled(z.strictObject(fields), {
  title: 'Button',
  description: 'A button below the message.',
});
export type InlineButton = z.infer<typeof inlineButton>;

/** A button of a menu: it may open a menu within the menu. */
export const menuButton = labeled(
  z.strictObject({
    ...fields,
    get menu() {
      return labeled(z.optional(submenu), {
        title: 'Submenu',
        description:
          'Buttons that take the place of these, with a way back: in the same message, or keys in place of the keyboard.',
      });
    },
  }),
  { title: 'Button', description: 'A button below the message.' },
);
export type MenuButton = InlineButton & { readonly menu?: Submenu | undefined };

export interface Submenu {
  readonly text: string;
  readonly buttons: readonly (MenuButton | readonly MenuButton[])[];
  readonly back?: string | undefined;
}

const submenu: z.core.$ZodType<Submenu> = z.lazy(() =>
  z.strictObject({
    text: labeled(templateText, { title: 'Text', description: 'What stands above the buttons. A template.' }),
    buttons: labeled(z.array(z.union([menuButton, z.array(menuButton).check(z.minLength(1))])).check(z.minLength(1)), {
      title: 'Buttons',
      description: 'A row per element, as in the menu.',
    }),
    back: labeled(z.optional(templateText), {
      title: 'Back',
      description: 'The label of the button that leads back; `‹ Back` when left out.',
    }),
  }),
);

/** What a press leads to besides notice and response; `stay` leaves the session where it is; `view` shows another part of the menu in place. */
export type ButtonTarget =
  | { readonly kind: 'stay' }
  | { readonly kind: 'step'; readonly id: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'flow'; readonly reference: string }
  | { readonly kind: 'view'; readonly view: number };

/** `look` is what else Telegram is told of the button: its style and icon. */
export type CompiledButton = { readonly text: Template; readonly look: JsonObject } & (
  | { readonly kind: 'url' | 'web_app'; readonly url: Template }
  | { readonly kind: 'copy'; readonly copy_text: Template }
  | {
      readonly kind: 'press';
      /** Null: generated from the button's address. */
      readonly callback_data: string | null;
      readonly answer: Template | null;
      readonly response: CompiledText | null;
      readonly target: ButtonTarget;
    }
);

/** `index` counts the buttons of the step row after row; `key` is the button's pointer within the step. A submenu is left to the menu. */
export function compileButton(
  button: MenuButton,
  index: number,
  key: string,
  context: CompileContext,
  mode?: ParseMode,
): CompiledButton {
  const text = context.template(button.text, `${key}/text`);
  const look = compileButtonStyle(button);
  checkTargets(button, key, context);
  if (button.url !== undefined) {
    checkScheme(button.url, `${key}/url`, context);
    return { kind: 'url', text, look, url: context.template(button.url, `${key}/url`, { escape: 'url' }) };
  }
  if (button.web_app !== undefined)
    return { kind: 'web_app', text, look, url: compileWebApp(button.web_app, `${key}/web_app`, context) };
  if (button.copy_text !== undefined)
    return {
      kind: 'copy',
      text,
      look,
      copy_text: context.template(button.copy_text, `${key}/copy_text`, { limit: FLOW_LIMITS.copyText }),
    };
  return {
    kind: 'press',
    text,
    look,
    callback_data:
      button.callback_data === undefined
        ? null
        : compileCustomCallback(button.callback_data, index, `${key}/callback_data`, context),
    answer:
      button.answer === undefined
        ? null
        : context.template(button.answer, `${key}/answer`, { limit: FLOW_LIMITS.callbackAnswer }),
    response: button.response === undefined ? null : compileText(button.response, `${key}/response`, mode, context),
    target: compileTarget(button, key, context),
  };
}

/** The address of a web app; also of a key of a reply keyboard. */
export function compileWebApp(address: string, key: string, context: CompileContext): Template {
  if (!/^https:\/\/\S/i.test(address))
    context.report(key, 'url_scheme', 'A web app has an https address', 'The beginning cannot come from a template.');
  else checkScheme(address, key, context);
  return context.template(address, key, { escape: 'url' });
}

function compileTarget(button: MenuButton, key: string, context: CompileContext): ButtonTarget {
  if (button.flow !== undefined) return { kind: 'flow', reference: context.flowReference(button.flow, `${key}/flow`) };
  if (button.next === undefined) return { kind: 'stay' };
  return button.next === null
    ? { kind: 'end' }
    : { kind: 'step', id: context.deferredStepReference(button.next, `${key}/next`) };
}

function checkTargets(button: MenuButton, key: string, context: CompileContext): void {
  const targets = (['next', 'flow', 'menu', 'url', 'web_app', 'copy_text'] as const).filter(
    (name) => button[name] !== undefined,
  );
  if (targets.length > 1) {
    context.report(
      key,
      'button_ambiguous',
      `The button has ${targets.map((name) => `"${name}"`).join(' and ')}; it can lead to one only`,
    );
  }
  const unseen = (['url', 'web_app', 'copy_text'] as const).find((name) => button[name] !== undefined);
  if (unseen === undefined) {
    if (targets.length === 0 && button.response === undefined && button.answer === undefined) {
      context.report(
        key,
        'button_does_nothing',
        'The button does nothing',
        'Give it "response", "next", "flow", "url" or "answer".',
      );
    }
    return;
  }
  for (const name of ['response', 'answer', 'callback_data'] as const) {
    if (button[name] !== undefined) {
      context.report(
        `${key}/${name}`,
        'not_with_url',
        `A button with "${unseen}" cannot have "${name}"`,
        'Telegram does it itself and tells the bot nothing.',
      );
    }
  }
}

function checkScheme(url: string, key: string, context: CompileContext): void {
  if (!/^(https?|tg):\/\/\S/i.test(url)) {
    context.report(
      key,
      'url_scheme',
      'The link must begin with http://, https:// or tg://',
      'The beginning cannot come from a template.',
    );
  } else if (!url.includes('{') && !URL.canParse(url)) {
    context.report(key, 'url_invalid', 'The link is not a valid URL');
  }
}

function compileCustomCallback(data: string, index: number, key: string, context: CompileContext): string {
  const bytes = new TextEncoder().encode(data).length;
  if (bytes > FLOW_LIMITS.callbackData) {
    context.report(
      key,
      'callback_data_too_long',
      `The callback data has ${bytes} bytes; Telegram takes ${FLOW_LIMITS.callbackData}`,
    );
  }
  if (data.startsWith(CALLBACK_PREFIX)) {
    context.report(key, 'callback_data_reserved', `Callback data that begins with "${CALLBACK_PREFIX}" is reserved`);
  }
  return context.customCallback(data, index, key);
}
