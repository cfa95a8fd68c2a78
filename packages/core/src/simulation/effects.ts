import type { Effect, EffectMap, EffectOf, Outcome, RequestText } from '../engine/index.ts';
import type { JsonObject, JsonValue } from '../model/index.ts';
import type { HttpAnswer } from './script.ts';
import { addLine, type World } from './world.ts';

/** Performs an effect in the simulated world. */
export function performEffect(world: World, effect: Effect): void {
  perform(world, effect.kind, effect);
}

function perform<Kind extends keyof EffectMap>(world: World, kind: Kind, effect: EffectOf<Kind>): void {
  PERFORMERS[kind](world, effect);
}

/** Handler per effect: the table does not compile until it has them all. */
const PERFORMERS: { readonly [Kind in keyof EffectMap]: (world: World, effect: EffectOf<Kind>) => void } = {
  send(world, { method, type, text, payload }) {
    const wanted = typeof payload.message_id === 'number' ? payload.message_id : world.bot_message_id;
    const in_place = (method === 'editMessageText' || method === 'editMessageMedia') && wanted > 0;
    const id = in_place ? wanted : (world.last_message_id += 1);
    const buttons = in_place ? world.screen.change(id, payload) : world.screen.show(id, payload);
    world.bot_message_id = id;
    if (method === 'sendInvoice') world.invoice = payload;
    addLine(world, { from: 'bot', type, text, media: mediaOf(type, payload), buttons, in_place });
  },
  call(world, { method, payload }) {
    const id = typeof payload.message_id === 'number' ? payload.message_id : world.bot_message_id;
    const buttons = method === 'editMessageReplyMarkup' ? world.screen.change(id, payload) : [];
    if (method === 'deleteMessage') world.screen.forget(id);
    addLine(world, { from: 'bot', type: method, text: null, buttons, in_place: method === 'editMessageReplyMarkup' });
  },
  notify: (world, { text, chat_id }) => addLine(world, { from: 'bot', type: 'notify', text: `to ${chat_id}: ${text}` }),
  change_user(world, { tags, attributes }) {
    world.person = { ...world.person, tags, attributes };
  },
  answer_callback(world, { text }) {
    if (text !== null) addLine(world, { from: 'bot', type: 'notice', text });
  },
  timer: (world, timer) => void world.timers.push(timer),
  http(world, { token, request }) {
    addLine(world, { from: 'bot', type: 'http', text: `${request.method} ${renderSecretNames(request.url)}` });
    const answer = world.options.http?.(request) ?? null;
    if (answer === null) world.pending.push({ kind: 'http', token });
    else world.results.push({ token, outcome: toHttpOutcome(answer) });
  },
  refund(world, { token, charge }) {
    addLine(world, { from: 'bot', type: 'refund', text: charge });
    world.results.push({ token, outcome: { kind: 'ok', value: null } });
  },
  action(world, { token, action, input }) {
    addLine(world, { from: 'bot', type: 'action', text: action });
    const { actions } = world.options;
    const handler = actions !== undefined && Object.hasOwn(actions, action) ? actions[action] : undefined;
    if (handler === undefined) world.pending.push({ kind: 'action', token });
    else world.results.push({ token, outcome: outcomeOf(() => handler(input)) });
  },
};

/** Media of a message: one source, the members of an album, or an edit. */
function mediaOf(type: string, payload: JsonObject): readonly string[] {
  const shown = payload.media ?? (type === 'text' ? null : payload[type]);
  return [shown]
    .flat()
    .flatMap((item) =>
      typeof item === 'string'
        ? [item]
        : typeof item === 'object' && item !== null && 'media' in item && typeof item.media === 'string'
          ? [item.media]
          : [],
    );
}

/** Renders secrets as their names: a simulation has no values. */
function renderSecretNames(text: RequestText): string {
  if (typeof text === 'string') return text;
  return text
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      return 'secret' in piece ? `[${piece.secret}]` : renderSecretNames(piece.base64);
    })
    .join('');
}

export function toHttpOutcome({ status = 200, body = null }: HttpAnswer): Outcome {
  return { kind: 'ok', value: { status, body } };
}

function outcomeOf(run: () => JsonValue): Outcome {
  try {
    return { kind: 'ok', value: run() };
  } catch (error) {
    return {
      kind: 'failed',
      code: 'ACTION_FAILED',
      message: error instanceof Error ? error.message : 'The action failed',
    };
  }
}
