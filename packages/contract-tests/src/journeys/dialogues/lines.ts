import { expect } from 'vitest';
import type { Message, PersonChat } from '@botloom/fake-telegram';
import type { WorkServer } from '../durable/work-server.ts';
import type { ShiftableClock } from '../stage/shiftable-clock.ts';
import type { FlowPlan, HarnessBot, TestHarness } from '../stage/test-harness.ts';

/** Objects that a line of a dialogue works with. */
export interface DialogueContext {
  readonly stage: TestHarness;
  readonly bot: HarnessBot;
  /** A user in the private chat with the bot. */
  readonly person: (name: string) => PersonChat;
  /** A server that flows can call; it responds with `{"number": 12}`. */
  readonly work: WorkServer;
  /** The clock of the harness. */
  readonly clock: ShiftableClock;
  /** Messages with buttons that were stored under a name, to press later. */
  readonly memory: Map<string, Message>;
}

/** One line of a dialogue: an action or an expectation. */
export type Line = (scene: DialogueContext) => Promise<unknown>;

/** A dialogue. The user is Ann unless another one is named. */
export interface Dialogue {
  readonly title: string;
  readonly flows: readonly FlowPlan[];
  readonly lines: readonly Line[];
}

export interface Speaker {
  readonly by?: string;
}

export function says(text: string, { by = 'Ann' }: Speaker = {}): Line {
  return ({ person }) => person(by).send(text);
}

/**
 * The next reply must be exactly this. `keyboard`: the labels, row by row; `as`: the name to store the message under.
 */
export function hears(
  expected: string | RegExp,
  {
    by = 'Ann',
    keyboard,
    as,
  }: Speaker & { readonly keyboard?: readonly (readonly string[])[]; readonly as?: string } = {},
): Line {
  return async ({ person, memory }) => {
    const message = await person(by).expectReply(expected);
    if (keyboard !== undefined)
      expect(message.reply_markup?.inline_keyboard.map((row) => row.map((button) => button.text))).toEqual(keyboard);
    if (as !== undefined) memory.set(as, message);
  };
}

/** Presses a button of the last reply, or of a stored message. */
export function presses(label: string, { by = 'Ann', on }: Speaker & { readonly on?: string } = {}): Line {
  return ({ person, memory }) => {
    const message = on === undefined ? undefined : memory.get(on);
    return person(by).press(label, message === undefined ? {} : { on: message });
  };
}

/** The notice that Telegram shows after a press; empty if the press is only acknowledged. */
export function seesCallbackNotice(text: string, { by = 'Ann' }: Speaker = {}): Line {
  return ({ person }) => person(by).expectAnswer(text);
}

/** No further message arrives. */
export function receivesNothing({ by = 'Ann' }: Speaker = {}): Line {
  return async ({ stage, person }) => {
    await stage.quiet();
    await person(by).expectNoReply();
  };
}

/** Sets a reaction on the bot's last message; null removes it. */
export function reacts(emoji: string | null, { by = 'Ann' }: Speaker = {}): Line {
  return async ({ stage, person }) => {
    await stage.quiet();
    person(by).react(emoji);
  };
}

export function sendsPhoto({ by = 'Ann' }: Speaker = {}): Line {
  return ({ person }) => person(by).sendPhoto();
}

/** Pays the last invoice, or a stored one. */
export function pays({ by = 'Ann', on }: Speaker & { readonly on?: string } = {}): Line {
  return async ({ stage, person, memory }) => {
    const message = on === undefined ? undefined : memory.get(on);
    await stage.quiet();
    return person(by).pay(message === undefined ? {} : { on: message });
  };
}

/** Tries to pay, and the bot refuses the payment. */
export function paymentIsRefused(
  expected: string | RegExp,
  { by = 'Ann', on }: Speaker & { readonly on?: string } = {},
): Line {
  return async ({ stage, person, memory }) => {
    const message = on === undefined ? undefined : memory.get(on);
    await stage.quiet();
    return person(by).expectPaymentRefused(expected, message === undefined ? {} : { on: message });
  };
}

/** Sends something other than a text. */
export function sends(what: (person: PersonChat) => Promise<unknown>, { by = 'Ann' }: Speaker = {}): Line {
  return ({ person }) => what(person(by));
}

/**
 * The bot has edited a message. `keyboard`: its new labels, row by row; an empty list for a message without buttons.
 */
export function seesEditedMessage({
  by = 'Ann',
  keyboard,
  contains,
}: Speaker & { readonly keyboard?: readonly (readonly string[])[]; readonly contains?: readonly string[] }): Line {
  return async ({ person }) => {
    const message = await person(by).expectEdit();
    const labels = message.reply_markup?.inline_keyboard.map((row) => row.map((button) => button.text)) ?? [];
    if (keyboard !== undefined) expect(labels).toEqual(keyboard);
    if (contains !== undefined) expect(labels.flat()).toEqual(expect.arrayContaining([...contains]));
  };
}

/** The owner of the bot publishes a new version of a flow of the plan. */
export function publishes(flow: number, flow_data: object): Line {
  return publishesLate(flow, () => flow_data);
}

/** The same, for a document that depends on values that exist only when the dialogue runs. */
export function publishesLate(flow: number, documentOf: (scene: DialogueContext) => object): Line {
  return async (scene) => {
    const { stage, bot } = scene;
    const { id, name, trigger_command, is_default } = flowOf(bot, flow);
    await stage.quiet();
    await stage.api.call('PUT', `${bot.path}/flows/${id}`, {
      name,
      trigger_command,
      is_default,
      flow_data: documentOf(scene),
    });
  };
}

/** The owner changes the settings of the bot. */
export function changesSettings(settings: object): Line {
  return async ({ stage, bot }) => {
    await stage.quiet();
    await stage.api.call('PATCH', bot.path, { settings });
  };
}

/** The host sends a message with the bot's token, without Botloom. Its buttons have a label and data. */
export function hostSends(
  text: string,
  buttons: readonly (readonly [string, string])[],
  { by = 'Ann' }: Speaker = {},
): Line {
  return async ({ stage, bot, person }) => {
    await stage.quiet();
    const inline_keyboard = buttons.map(([label, callback_data]) => [{ text: label, callback_data }]);
    const body = JSON.stringify({ chat_id: person(by).chat_id, text, reply_markup: { inline_keyboard } });
    const answer = await fetch(`${stage.telegram.url}/bot${bot.fake.token}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(200);
  };
}

/** The owner stores a secret of the bot. */
export function storesSecret(name: string, value: string): Line {
  return ({ stage, bot }) => stage.api.call('PUT', `${bot.path}/secrets/${name}`, { value });
}

export function deletesFlow(flow: number): Line {
  return async ({ stage, bot }) => {
    await stage.quiet();
    await stage.api.call('DELETE', `${bot.path}/flows/${flowOf(bot, flow).id}`);
  };
}

function flowOf(bot: HarnessBot, index: number): HarnessBot['flows'][number] {
  const flow = bot.flows[index];
  if (flow === undefined) throw new Error(`The plan has no flow ${index}.`);
  return flow;
}
