import { expect, vi } from 'vitest';
import { hears, publishesLate, receivesNothing, says, type Dialogue, type Line } from './lines.ts';

const say = (id: string, text: string, next: string | null = null): object => ({ id, type: 'message', text, next });
const HELLO = { trigger_command: 'start', flow_data: { response: 'Hello' } };
const TWENTY_MINUTES = 20 * 60_000;

/** Flows that wait for servers, for the host, for an operator, or for a time of day. */
export const OUTSIDE_DIALOGUES: readonly Dialogue[] = [
  {
    title: 'an http step and an action fetch a value, or take the error branch',
    flows: [HELLO],
    lines: [
      publishesLate(0, ({ work }) => ({
        steps: [
          {
            id: 'ask',
            type: 'http',
            method: 'POST',
            url: `http://${work.host}/`,
            json: { who: '{{ user.first_name }}' },
            save: { number: 'number' },
          },
          { id: 'work', type: 'action', action: 'work', input: { number: '{{ number }}' }, save: { twice: 'twice' } },
          say('said', 'Twice {{ number }} is {{ twice }}', 'away'),
          { id: 'away', type: 'http', url: 'http://127.0.0.1:1/', on_error: 'sorry' },
          say('never', 'Reached'),
          say('sorry', 'That is denied'),
        ],
      })),
      ...[says('/start'), hears('Twice 12 is 24'), hears('That is denied'), receivesNothing()],
    ],
  },
  {
    title: 'the host sends an event, and each session that waits for it continues',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            say('asked', 'Please pay', 'paid'),
            { id: 'paid', type: 'wait_for_event', event: 'paid', save: { number: 'number' } },
            say('thanks', 'Order {{ number }} is paid'),
          ],
        },
      },
    ],
    lines: [
      says('/start'),
      hears('Please pay'),
      calls('POST', 'events', { name: 'paid', data: { number: 12 } }),
      hears('Order 12 is paid'),
      receivesNothing(),
    ],
  },
  {
    title: 'an operator has the chat until it is released',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            say('moment', 'One moment', 'human'),
            { id: 'human', type: 'handover', subject: 'Help for {{ user.first_name }}' },
            say('back', 'Anything else?'),
          ],
        },
      },
      { is_default: true, flow_data: { response: 'I am a bot' } },
    ],
    lines: [
      ...[says('/start'), hears('One moment'), says('is an operator there?'), receivesNothing()],
      async ({ stage: harness, bot }) => {
        const [session] = await harness.api.all<{ readonly id: string }>(`${bot.path}/sessions?wait_reason=handover`);
        await harness.api.call('POST', `${bot.path}/sessions/${session?.id ?? ''}/give_back`);
      },
      ...[hears('Anything else?'), says('no'), hears('I am a bot')],
    ],
  },
  {
    title: 'a user who removes the bot from a group gets a message',
    flows: [
      {
        flow_data: {
          triggers: [{ kind: 'event', event: 'bot_removed' }],
          response: 'Was it something in {{ event.chat_title }}?',
        },
      },
      HELLO,
    ],
    lines: [
      ...[says('/start'), hears('Hello')],
      async ({ stage: harness, bot, person }) => {
        const group = harness.telegram.group('Tea', [harness.telegram.user('Ann')], {
          bots: [bot.fake],
          type: 'supergroup',
        });
        await harness.quiet();
        group.removeBot(bot.fake);
        await harness.quiet();
        await person('Ann').expectNoReply();
      },
    ],
  },
  {
    title: 'at a time of day a flow starts for every user',
    flows: [
      HELLO,
      {
        flow_data: { triggers: [{ kind: 'schedule', cron: '0 * * * *' }], response: 'News for {{ user.first_name }}' },
      },
    ],
    lines: [
      ...[says('/start'), hears('Hello'), says('/start', { by: 'Bob' }), hears('Hello', { by: 'Bob' })],
      async ({ stage: harness, bot, clock }) => {
        const told = (): number =>
          harness.telegram
            .callsTo({ bot: bot.fake, method: 'sendMessage' })
            .filter(({ parameters }) => String(parameters.text).startsWith('News for')).length;
        await vi.waitFor(
          () => {
            clock.shift(TWENTY_MINUTES);
            expect(told()).toBeGreaterThanOrEqual(2);
          },
          { timeout: 25_000, interval: 1_500 },
        );
      },
      ...[hears('News for Ann'), hears('News for Bob', { by: 'Bob' })],
    ],
  },
];

/** The host makes an API call for Ann. */
function calls(method: string, path: string, body: object): Line {
  return async ({ stage: harness, bot }) => {
    await harness.quiet();
    const { items } = await harness.api.call<{ items: readonly { readonly id: string }[] }>(
      'GET',
      `${bot.path}/users?search=Ann`,
    );
    await harness.api.call(method, `${bot.path}/users/${items[0]?.id ?? ''}/${path}`, body);
  };
}
