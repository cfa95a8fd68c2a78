import { expect } from 'vitest';
import {
  hears,
  hostSends,
  presses,
  reacts,
  receivesNothing,
  says,
  seesCallbackNotice,
  type Dialogue,
} from './lines.ts';

const say = (id: string, text: string, next: string | null = null): object => ({ id, type: 'message', text, next });

/** Triggers of flows, and their priority when several match. */
export const TRIGGER_DIALOGUES: readonly Dialogue[] = [
  {
    title: 'commands, keywords, patterns and a first contact start flows, by priority',
    flows: [
      { flow_data: { triggers: [{ kind: 'first_contact' }], response: 'Nice to meet you, {{ user.first_name }}' } },
      {
        flow_data: {
          triggers: [
            { kind: 'command', command: '/prices' },
            { kind: 'keyword', words: ['prices', 'how much'], match: 'part' },
          ],
          response: 'Tea is 3',
        },
      },
      {
        flow_data: {
          triggers: [{ kind: 'pattern', pattern: '^order [0-9]+$', ignore_case: true }],
          steps: [{ id: 'sure', type: 'question', text: 'Sure?' }, say('done', 'Ordered: {{ sure }}')],
        },
      },
      { trigger_command: 'start', flow_data: { response: 'Welcome' } },
      { is_default: true, flow_data: { response: 'Pardon?' } },
    ],
    lines: [
      ...[says('hello'), hears('Nice to meet you, Ann'), says('hello'), hears('Pardon?')],
      ...[
        says('/start', { by: 'Bob' }),
        hears('Welcome', { by: 'Bob' }),
        says('hello', { by: 'Bob' }),
        hears('Pardon?', { by: 'Bob' }),
      ],
      ...[
        says('How much is it?'),
        hears('Tea is 3'),
        says('/prices@other_bot'),
        hears('Pardon?'),
        says('/Prices now'),
        hears('Tea is 3'),
      ],
      ...[
        says('Order 66'),
        hears('Sure?'),
        says('prices'),
        hears('Ordered: prices'),
        says('Order 66'),
        hears('Sure?'),
        says('/prices'),
        hears('Tea is 3'),
        receivesNothing(),
      ],
    ],
  },
  {
    title: 'command arguments select the flow and become typed variables',
    flows: [
      { trigger_command: 'start', flow_data: { arguments: [{ variable: 'rest' }], response: 'Welcome {{ rest }}' } },
      {
        flow_data: {
          triggers: [{ kind: 'command', command: 'start', payload: 'ref_', match: 'start' }],
          arguments: [{ variable: 'friend', type: 'integer' }, { variable: 'campaign' }],
          steps: [
            { id: 'q', type: 'question', text: 'Sent by {{ friend | plus: 1 }} ({{ campaign }}). Your name?' },
            say('end', '{{ q }}, {{ friend }}, {{ campaign }}'),
          ],
        },
      },
      { flow_data: { triggers: [{ kind: 'command', command: 'start', payload: 'promo' }], response: 'Promo!' } },
    ],
    lines: [
      ...[
        says('/start'),
        hears('Welcome'),
        says('/start@other_bot promo'),
        says('/start promo'),
        hears('Promo!'),
        says('/start promo2'),
        hears('Welcome promo2'),
      ],
      ...[
        says('/start ref_41_spring_sale'),
        hears('Sent by 42 (spring_sale). Your name?'),
        says('Ann'),
        hears('Ann, 41, spring_sale'),
        receivesNothing(),
      ],
    ],
  },
  {
    title: 'the default flow opens a conversation, the fallback flow handles unknown input in one',
    flows: [
      {
        trigger_command: 'start',
        flow_data: { type: 'menu', text: 'Menu', buttons: [{ text: 'A', response: 'You chose A' }] },
      },
      {
        is_default: true,
        flow_data: {
          steps: [{ id: 'name', type: 'question', text: 'Hello! Your name?' }, say('thanks', 'Hello, {{ name }}')],
        },
      },
      { flow_data: { triggers: [{ kind: 'fallback' }], response: 'I do not know {{ message.text }}' } },
    ],
    lines: [
      ...[says('hi'), hears('Hello! Your name?'), says('/nonsense'), hears('Hello, /nonsense')],
      ...[
        says('/nonsense'),
        hears('I do not know /nonsense'),
        says('/start'),
        hears('Menu', { as: 'menu' }),
        says('tea'),
        hears('I do not know tea'),
      ],
      ...[presses('A', { on: 'menu' }), seesCallbackNotice(''), hears('You chose A'), receivesNothing()],
    ],
  },
  {
    title: 'a command returns to the interrupted question, or ends it, as its flow specifies',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'name', type: 'question', text: 'Name?' },
            { id: 'town', type: 'question', text: 'Town, {{ name }}?' },
            say('done', '{{ name }} of {{ town }}'),
          ],
        },
      },
      {
        trigger_command: 'help',
        flow_data: {
          interrupted: 'come_back',
          steps: [{ id: 'what', type: 'question', text: 'About what?' }, say('so', '{{ what }} is easy')],
        },
      },
      { trigger_command: 'stop', flow_data: { response: 'Stopped' } },
    ],
    lines: [
      ...[
        says('/start'),
        hears('Name?'),
        says('Ann'),
        hears('Town, Ann?'),
        says('/help'),
        hears('About what?'),
        says('/help'),
        hears('About what?'),
      ],
      ...[says('Towns'), hears('Towns is easy'), hears('Town, Ann?'), says('Bergen'), hears('Ann of Bergen')],
      ...[
        says('/start'),
        hears('Name?'),
        says('/help'),
        hears('About what?'),
        says('/stop'),
        hears('Stopped'),
        says('Ann'),
        receivesNothing(),
      ],
    ],
  },
  {
    title: 'a button that the host sent itself starts a flow by its data',
    flows: [
      { trigger_command: 'start', flow_data: { response: 'Welcome' } },
      {
        flow_data: {
          triggers: [{ kind: 'callback', data: 'order:', match: 'start' }],
          response: 'Any: {{ event.data }}',
        },
      },
      { flow_data: { triggers: [{ kind: 'callback', data: 'order:1' }], response: 'The first' } },
    ],
    lines: [
      ...[
        says('/start'),
        hears('Welcome'),
        hostSends('Your orders', [
          ['One', 'order:1'],
          ['Two', 'order:2'],
          ['Other', 'else'],
        ]),
        hears('Your orders', { as: 'orders' }),
      ],
      ...[
        presses('Two'),
        seesCallbackNotice(''),
        hears('Any: order:2'),
        presses('One', { on: 'orders' }),
        seesCallbackNotice(''),
        hears('The first'),
      ],
      ...[presses('Other', { on: 'orders' }), seesCallbackNotice('This button no longer works.'), receivesNothing()],
    ],
  },
  {
    title: 'a member who joins or leaves a group gets one message, with the bot as administrator or not',
    flows: [
      {
        flow_data: {
          triggers: [{ kind: 'event', event: 'joined' }],
          response: 'Welcome to {{ event.chat_title }}, {{ user.first_name }}',
        },
      },
      { flow_data: { triggers: [{ kind: 'event', event: 'left' }], response: 'Bye, {{ user.first_name }}' } },
      { flow_data: { triggers: [{ kind: 'event', event: 'bot_added' }], response: 'Hello, {{ event.chat_title }}' } },
    ],
    lines: [
      async ({ stage: harness, bot }) => {
        const ann = harness.telegram.user('Ann');
        const bob = harness.telegram.user('Bob');
        const group = harness.telegram.group('Tea', [ann], { bots: [bot.fake], type: 'supergroup' });
        const heard = ann.in(group);
        await heard.expectReply('Hello, Tea');
        bob.join(group);
        await heard.expectReply('Welcome to Tea, Bob');
        bob.leave(group);
        await heard.expectReply('Bye, Bob');
        group.promote(bot.fake);
        harness.telegram.user('Carl').join(group);
        await heard.expectReply('Welcome to Tea, Carl');
        await harness.quiet();
        await heard.expectNoReply();
      },
    ],
  },
  {
    title: 'a user requests to join, answers a question, and is approved',
    flows: [
      {
        flow_data: {
          triggers: [{ kind: 'event', event: 'join_request' }],
          steps: [
            {
              id: 'sum',
              type: 'question',
              text: '{{ event.bio }}, how much is 2 + 2?',
              input: 'integer',
              min: 4,
              max: 4,
              max_tries: 1,
              on_max_tries: 'out',
            },
            { id: 'in', type: 'join_request', decision: 'approve' },
            say('done', 'Come into {{ event.chat_title }}'),
            { id: 'out', type: 'join_request', decision: 'decline', next: null },
          ],
        },
      },
    ],
    lines: [
      async ({ stage: harness, bot }) => {
        const group = harness.telegram.group('Tea', [harness.telegram.user('Ann')], { bots: [bot.fake] });
        group.promote(bot.fake);
        const [bob, carl] = [harness.telegram.user('Bob'), harness.telegram.user('Carl')];
        bob.requestToJoin(group, 'Bob the builder');
        await bob.in(bot.fake).expectReply('Bob the builder, how much is 2 + 2?');
        await bob.in(bot.fake).send('4');
        await bob.in(bot.fake).expectReply('Come into Tea');
        await harness.quiet();
        expect(bob.in(group).chat_id).toBe(group.id);
        carl.requestToJoin(group);
        await carl.in(bot.fake).expectReply(', how much is 2 + 2?');
        await carl.in(bot.fake).send('5');
        await harness.quiet();
        expect(() => carl.in(group)).toThrow('is not in');
        const calls = harness.telegram
          .callsTo({ bot: bot.fake.username })
          .filter(({ method }) => /JoinRequest/i.test(method));
        expect(calls.map(({ method }) => method)).toEqual(['approveChatJoinRequest', 'declineChatJoinRequest']);
      },
    ],
  },
  {
    title: 'blocking, unblocking and reactions start flows; a user who blocked the bot gets no message',
    flows: [
      { trigger_command: 'start', flow_data: { response: 'Do you like it?' } },
      { flow_data: { triggers: [{ kind: 'event', event: 'blocked' }], response: 'Never said' } },
      { flow_data: { triggers: [{ kind: 'event', event: 'unblocked' }], response: 'Welcome back' } },
      {
        flow_data: {
          triggers: [{ kind: 'event', event: 'reaction', emoji: ['👍', '❤'] }],
          response: '{{ event.emoji }} to you, too',
        },
      },
    ],
    lines: [
      ...[
        says('/start'),
        hears('Do you like it?'),
        reacts('👎'),
        reacts('👍'),
        hears('👍 to you, too'),
        reacts(null),
        receivesNothing(),
      ],
      async ({ stage: harness, bot, person }) => {
        const before = harness.telegram.callsTo({ bot: bot.fake.username }).length;
        harness.telegram.user('Ann').block(bot.fake);
        await harness.quiet();
        expect(harness.telegram.callsTo({ bot: bot.fake.username }).length).toBe(before);
        harness.telegram.user('Ann').unblock(bot.fake);
        await person('Ann').expectReply('Welcome back');
      },
    ],
  },
];
