import * as z from 'zod/mini';
import { labeled, type JsonObject } from '../../../model/index.ts';
import type { CompileContext } from '../../compile-context.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import type { ParseMode } from '../../markup/formatted-text.ts';
import type { Template } from '../../template/template.ts';
import { templateText } from '../common-fields.ts';
import { buttonStyleFields, compileButtonStyle } from '../menu/button-style-fields.ts';
import { compileRows, rowsOf } from '../menu/compile-rows.ts';
import { compileWebApp, inlineButton, type CompiledButton } from '../menu/menu-button.ts';

const trueField = z.literal(true);

const key = labeled(
  z.strictObject({
    text: labeled(templateText, {
      title: 'Label',
      description: 'Label of the key. A press sends it as a message. A template.',
    }),
    request_contact: labeled(z.optional(trueField), {
      title: 'Request the phone number',
      description: "A press sends the user's own contact. Private chats only.",
    }),
    request_location: labeled(z.optional(trueField), {
      title: 'Request the location',
      description: 'A press sends the location of the user. Private chats only.',
    }),
    request_users: labeled(
      z.optional(
        z.strictObject({
          request_id: z.int(),
          max_quantity: z.optional(z.int().check(z.gte(1), z.lte(10))),
          user_is_bot: z.optional(z.boolean()),
          user_is_premium: z.optional(z.boolean()),
          request_name: z.optional(z.boolean()),
          request_username: z.optional(z.boolean()),
        }),
      ),
      {
        title: 'Request users',
        description:
          'A press lets the user choose users. The fields are those of `KeyboardButtonRequestUsers` in Telegram.',
      },
    ),
    request_chat: labeled(
      z.optional(
        z.strictObject({
          request_id: z.int(),
          chat_is_channel: z.boolean(),
          chat_is_forum: z.optional(z.boolean()),
          chat_has_username: z.optional(z.boolean()),
          chat_is_created: z.optional(z.boolean()),
          bot_is_member: z.optional(z.boolean()),
          request_title: z.optional(z.boolean()),
          request_username: z.optional(z.boolean()),
        }),
      ),
      {
        title: 'Request a chat',
        description:
          'A press lets the user choose a group or channel. ' +
          'The fields are those of `KeyboardButtonRequestChat` in Telegram.',
      },
    ),
    web_app: labeled(z.optional(z.string().check(z.minLength(1))), {
      title: 'Web app',
      description: 'The https URL of a web app to open. Private chats only.',
    }),
    ...buttonStyleFields,
  }),
  { title: 'Key', description: 'A key of a reply keyboard.' },
);

const placeholder = labeled(z.optional(z.string().check(z.minLength(1), z.maxLength(64))), {
  title: 'Placeholder',
  description: 'Text in the empty input field.',
});

/** Buttons or a keyboard of a message. At most one of these fields is allowed. */
export const keyboardFields = {
  buttons: labeled(
    z.optional(z.array(z.union([inlineButton, z.array(inlineButton).check(z.minLength(1))])).check(z.minLength(1))),
    {
      title: 'Buttons',
      description:
        'Buttons below the message, one row per element, as in a menu. The flow continues without waiting for a press.',
    },
  ),
  keyboard: labeled(
    z.optional(
      z.strictObject({
        keys: labeled(z.array(z.union([key, z.array(key).check(z.minLength(1))])).check(z.minLength(1)), {
          title: 'Keys',
          description: 'One row per element: a key, or an array of keys side by side.',
        }),
        one_time: labeled(z.optional(z.boolean()), {
          title: 'Once',
          description: 'If true, the keyboard is hidden after a press.',
        }),
        persistent: labeled(z.optional(z.boolean()), {
          title: 'Always shown',
          description: 'If true, it is also shown while the regular keyboard is hidden.',
        }),
        placeholder,
      }),
    ),
    { title: 'Reply keyboard', description: "Keys instead of the user's regular keyboard. A press sends the label." },
  ),
  remove_keyboard: labeled(z.optional(trueField), {
    title: 'Remove the keyboard',
    description: 'Removes a reply keyboard.',
  }),
  force_reply: labeled(z.optional(z.union([trueField, z.strictObject({ placeholder })])), {
    title: 'Reply wanted',
    description: "Opens a reply to the message in the user's input field.",
  }),
};

export type KeyboardSource = z.infer<z.ZodMiniObject<typeof keyboardFields>>;

export interface CompiledKey {
  readonly text: Template;
  readonly web_app: Template | null;
  /** Other parameters of the key. */
  readonly more: JsonObject;
}

export type CompiledKeyboard =
  | { readonly kind: 'inline'; readonly rows: readonly (readonly number[])[] }
  | { readonly kind: 'keys'; readonly rows: readonly (readonly CompiledKey[])[]; readonly options: JsonObject }
  | { readonly kind: 'constant'; readonly markup: JsonObject };

/** Compiles the keyboard of a message (null: none) and its inline buttons. */
export function compileKeyboard(
  source: KeyboardSource,
  context: CompileContext,
  mode?: ParseMode,
): { readonly keyboard: CompiledKeyboard | null; readonly buttons: readonly CompiledButton[] } {
  const given = (['buttons', 'keyboard', 'remove_keyboard', 'force_reply'] as const).filter(
    (name) => source[name] !== undefined,
  );
  const [, second] = given;
  if (second !== undefined)
    context.report(
      `/${second}`,
      'fields_conflict',
      `A message can have only one of ${given.map((name) => `"${name}"`).join(' and ')}`,
      'Send two messages.',
    );
  if (source.buttons !== undefined) {
    const buttons: CompiledButton[] = [];
    const rows = rowsOf(compileRows(source.buttons, '/buttons', buttons, context, mode));
    if (buttons.length > FLOW_LIMITS.buttons)
      context.report(
        '/buttons',
        'too_many_buttons',
        `The message has ${buttons.length} buttons; Telegram allows ${FLOW_LIMITS.buttons}`,
      );
    return { keyboard: { kind: 'inline', rows }, buttons };
  }
  return { keyboard: compileReply(source, context), buttons: [] };
}

function compileReply(
  { keyboard, remove_keyboard, force_reply }: KeyboardSource,
  context: CompileContext,
): CompiledKeyboard | null {
  if (keyboard !== undefined) return compileKeys(keyboard, context);
  if (remove_keyboard !== undefined) return { kind: 'constant', markup: { remove_keyboard: true } };
  if (force_reply === undefined) return null;
  return { kind: 'constant', markup: { force_reply: true, ...placeholderOf(force_reply === true ? {} : force_reply) } };
}

function compileKeys(source: NonNullable<KeyboardSource['keyboard']>, context: CompileContext): CompiledKeyboard {
  const rows = source.keys.map((element, row) => {
    const keys = Array.isArray(element) ? element : [element];
    const at = `/keyboard/keys/${row}`;
    if (keys.length > FLOW_LIMITS.keysInRow)
      context.report(at, 'row_too_long', `The row has ${keys.length} keys; Telegram allows ${FLOW_LIMITS.keysInRow}`);
    return keys.map((each, place) => compileKey(each, Array.isArray(element) ? `${at}/${place}` : at, context));
  });
  const count = rows.reduce((sum, row) => sum + row.length, 0);
  if (count > FLOW_LIMITS.keys)
    context.report(
      '/keyboard/keys',
      'too_many_buttons',
      `The keyboard has ${count} keys; Telegram allows ${FLOW_LIMITS.keys}`,
    );
  const options = {
    resize_keyboard: true,
    ...(source.one_time === undefined ? {} : { one_time_keyboard: source.one_time }),
    ...(source.persistent === undefined ? {} : { is_persistent: source.persistent }),
    ...placeholderOf(source),
  };
  return { kind: 'keys', rows, options };
}

function compileKey(source: z.infer<typeof key>, at: string, context: CompileContext): CompiledKey {
  const { request_contact, request_location, request_users, request_chat, web_app } = source;
  const requests: JsonObject = Object.fromEntries(
    Object.entries({ request_contact, request_location, request_users, request_chat }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, withoutUndefined(value)]],
    ),
  );
  if (Object.keys(requests).length + (web_app === undefined ? 0 : 1) > 1)
    context.report(at, 'button_ambiguous', 'A key can have only one of the "request_…" fields and "web_app"');
  return {
    text: context.template(source.text, `${at}/text`),
    web_app: web_app === undefined ? null : compileWebApp(web_app, `${at}/web_app`, context),
    more: { ...requests, ...compileButtonStyle(source) },
  };
}

function withoutUndefined(value: true | Readonly<Record<string, number | boolean | undefined>>): JsonObject | true {
  if (value === true) return true;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (member === undefined ? [] : [[name, member]])),
  );
}

function placeholderOf(source: { readonly placeholder?: string | undefined }): JsonObject {
  return source.placeholder === undefined ? {} : { input_field_placeholder: source.placeholder };
}
