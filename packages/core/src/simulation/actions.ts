import type { Outcome } from '../engine/index.ts';
import { findFlow, isList, readDuration } from '../flow/index.ts';
import type { JsonObject, JsonValue } from '../model/index.ts';
import { toHttpOutcome } from './effects.ts';
import { advanceClock, processEvent } from './process-event.ts';
import type { ScriptAction, ScriptActionKind, ScriptActionMap } from './script.ts';
import { addLine, reportProblem, type World } from './world.ts';

/** Performs one action of the script, and everything that is due afterwards. */
export function performAction(world: World, action: ScriptAction): void {
  const given = typeof action === 'string' ? { say: action } : action;
  const kind = KINDS.find((each) => Object.hasOwn(given, each));
  if (kind === undefined)
    reportProblem(world, `Unknown action ${Object.keys(given).join(', ')}; the actions are ${KINDS.join(', ')}.`);
  else perform(world, kind, given);
  advanceClock(world, world.now);
}

function perform<Kind extends ScriptActionKind>(world: World, kind: Kind, action: ScriptActionMap[Kind]): void {
  ACTIONS[kind](world, action);
}

const ACTIONS: { readonly [Kind in ScriptActionKind]: (world: World, action: ScriptActionMap[Kind]) => void } = {
  say: (world, action) => sendText(world, action.say),
  press(world, { press }) {
    const found = world.screen.find(press);
    if (found === null)
      reportProblem(
        world,
        `There is no button "${press}"; the buttons are: ${world.screen.labels().join(', ') || 'none'}.`,
      );
    else if (found.kind === 'button' && found.data === null)
      reportProblem(world, `The button "${press}" opens a page; pressing it sends nothing to the bot.`);
    else if (found.kind === 'button') pressButton(world, press, found.data ?? '', found.message_id);
    else if (found.shares === 'contact') send(world, 'contact', null, { contact: ownContact(world) });
    else if (found.shares === 'location')
      reportProblem(world, `The key "${press}" shares a location: use {"location": …} instead.`);
    else sendText(world, press);
  },
  callback: (world, { callback }) => pressButton(world, callback, callback, world.bot_message_id),
  contact: (world, { contact }) =>
    send(world, 'contact', null, {
      contact: { first_name: world.person.first_name, user_id: world.person.chat_id, ...contact },
    }),
  location: (world, { location }) => send(world, 'location', null, { location }),
  media(world, { media, caption = null }) {
    const file = {
      file_id: `file-${world.events + 1}`,
      file_unique_id: `unique-${world.events + 1}`,
      width: 640,
      height: 480,
    };
    send(world, media, caption, { [media]: media === 'photo' ? [file] : file });
  },
  wait(world, { wait }) {
    const length = readDuration(wait);
    if (length === null) reportProblem(world, 'A wait must be from 1 second to 366 days.');
    else advanceClock(world, world.now + length);
  },
  http: (world, { http }) => completeWork(world, 'http', toHttpOutcome(http), `answers ${http.status ?? 200}`),
  action: (world, { action }) => completeWork(world, 'action', { kind: 'ok', value: action }, 'is done'),
  fail: (world, { fail }) => completeWork(world, null, { kind: 'failed', ...fail }, `fails: ${fail.code}`),
  event(world, { event, data = null }) {
    addLine(world, { from: 'outside', type: 'event', text: event });
    processEvent(world, { kind: 'external', name: event, data });
  },
  pay(world) {
    const { invoice } = world;
    if (invoice === null) reportProblem(world, 'There is no invoice to pay.');
    else pay(world, invoice);
  },
  operator(world, { operator }) {
    addLine(world, { from: 'outside', type: 'operator', text: operator.kind });
    processEvent(world, { kind: 'operator', command: operator });
  },
  start(world, { start, variables = {} }) {
    const version = findFlow(world.program, start);
    if (version === null) {
      reportProblem(world, `There is no flow "${start}".`);
      return;
    }
    addLine(world, { from: 'outside', type: 'start', text: start });
    processEvent(world, { kind: 'start', flow_id: version.flow_id, variables });
  },
  happens(world, { happens, emoji = null, invite_link = null, bio = null }) {
    addLine(world, { from: 'outside', type: happens, text: emoji });
    processEvent(world, {
      kind: 'chat_event',
      name: happens,
      at: world.now,
      chat: { id: -1, title: 'Group' },
      emoji,
      invite_link,
      bio,
    });
  },
};

// The keys of a literal are exactly the kinds.
const KINDS = Object.keys(ACTIONS) as ScriptActionKind[];

function sendText(world: World, text: string): void {
  send(world, 'text', text, { text });
}

function send(world: World, type: string, text: string | null, content: JsonObject): void {
  addLine(world, { from: 'person', type, text });
  const command = /^\/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+([\s\S]*))?$/.exec(text ?? '');
  processEvent(world, {
    kind: 'message',
    type,
    text,
    command: command === null ? null : { name: command[1] ?? '', args: command[2] ?? '' },
    telegram_message_id: (world.last_message_id += 1),
    content,
  });
}

function pressButton(world: World, label: string, data: string, message_id: number): void {
  addLine(world, { from: 'person', type: 'press', text: label });
  processEvent(world, {
    kind: 'callback',
    query_id: `q${world.events + 1}`,
    data,
    telegram_message_id: message_id === 0 ? null : message_id,
  });
}

const PENDING_WORK = { http: 'request', action: 'action' } as const;

function completeWork(world: World, kind: 'http' | 'action' | null, outcome: Outcome, words: string): void {
  const index = world.pending.findIndex((each) => kind === null || each.kind === kind);
  const [work] = index === -1 ? [] : world.pending.splice(index, 1);
  if (work === undefined) {
    reportProblem(world, `No ${kind === null ? 'request or action' : PENDING_WORK[kind]} is waiting for a result.`);
    return;
  }
  addLine(world, { from: 'outside', type: work.kind, text: words });
  processEvent(world, { kind: 'result', token: work.token, outcome });
}

function pay(world: World, { payload, currency, prices }: JsonObject): void {
  const amounts = isList(prices)
    ? prices.map((price) =>
        typeof price === 'object' && price !== null && 'amount' in price ? Number(price.amount) : 0,
      )
    : [];
  const total_amount = amounts.reduce((sum, amount) => sum + amount, 0);
  addLine(world, { from: 'person', type: 'payment', text: `${total_amount} ${textOf(currency)}` });
  processEvent(world, {
    kind: 'payment',
    currency: textOf(currency),
    total_amount,
    invoice_payload: textOf(payload),
    telegram_payment_charge_id: `charge-${world.events + 1}`,
    provider_payment_charge_id: `provider-${world.events + 1}`,
    order_info: null,
  });
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function ownContact({ person }: World): JsonObject {
  return { phone_number: person.phone ?? '+10000000000', first_name: person.first_name, user_id: person.chat_id };
}
