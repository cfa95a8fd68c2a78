import {
  deletesFlow,
  hears,
  presses,
  publishes,
  receivesNothing,
  says,
  seesCallbackNotice,
  sendsPhoto,
  type Dialogue,
} from './lines.ts';

/** Every form of flow, and everything that users do to them. */
export const DIALOGUES: readonly Dialogue[] = [
  {
    title: 'a simple response answers its command',
    flows: [{ trigger_command: 'start', flow_data: { response: 'Hello World' } }],
    lines: [says('/start'), hears('Hello World'), says('and now?'), receivesNothing()],
  },
  {
    title: 'a response contains values of the user, the bot and the message',
    flows: [
      {
        is_default: true,
        flow_data: { response: '{{ user.first_name }} told {{ bot.username }}: {{ message.text }}' },
      },
    ],
    lines: [says('Tea & <b>cake</b>'), hears(/^Ann told \w+: Tea & <b>cake<\/b>$/)],
  },
  {
    title: 'messages and questions follow one another, and answers are stored',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'step1', type: 'message', text: 'Hi' },
            { id: 'name', type: 'question', text: 'Name?' },
            { id: 'town', type: 'question', text: 'Town, {{ name }}?', variable: 'place' },
            { id: 'bye', type: 'message', text: '{{ name }} of {{ place }}, welcome' },
          ],
          initial_step: 'step1',
        },
      },
    ],
    lines: [
      says('/start'),
      hears('Hi'),
      hears('Name?'),
      says('Ann'),
      hears('Town, Ann?'),
      says('Bergen'),
      hears('Ann of Bergen, welcome'),
      says('hello?'),
      receivesNothing(),
    ],
  },
  {
    title: 'a flow begins at its start step and follows `next`',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          initial_step: 'ask',
          steps: [
            { id: 'end', type: 'message', text: 'The end', next: null },
            { id: 'middle', type: 'message', text: 'You said {{ ask }}', next: 'end' },
            { id: 'ask', type: 'question', text: 'Say something', next: 'middle' },
          ],
        },
      },
    ],
    lines: [
      says('/start'),
      hears('Say something'),
      says('boo'),
      hears('You said boo'),
      hears('The end'),
      receivesNothing(),
    ],
  },
  {
    title: 'a number question repeats until the answer is a number',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            {
              id: 'age',
              type: 'question',
              text: 'Age?',
              input: 'number',
              min: 18,
              max: 120,
              integer: true,
              retry: 'A whole number from 18 to 120, {{ user.first_name }}',
            },
            { id: 'price', type: 'question', text: 'Price?', input: 'number' },
            { id: 'sum', type: 'message', text: '{{ age }} years, {{ price }} each' },
          ],
        },
      },
    ],
    lines: [
      says('/start'),
      hears('Age?'),
      ...['old', '17', '121', '18.5', '1e2'].flatMap((text) => [
        says(text),
        hears('A whole number from 18 to 120, Ann'),
      ]),
      sendsPhoto(),
      hears('A whole number from 18 to 120, Ann'),
      says(' 42 '),
      hears('Price?'),
      says('cheap'),
      hears(/number/),
      says('9,75'),
      hears('42 years, 9.75 each'),
    ],
  },
  {
    title: 'a photo is not accepted as the answer to a text question',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'word', type: 'question', text: 'Say it', retry: 'In words, please' },
            { id: 'end', type: 'message', text: 'So: {{ word }}' },
          ],
        },
      },
    ],
    lines: [says('/start'), hears('Say it'), sendsPhoto(), hears('In words, please'), says('well'), hears('So: well')],
  },
  {
    title: 'menu buttons in rows respond, lead to steps, start flows and open links',
    flows: [
      { trigger_command: 'shop', flow_data: { response: 'The shop is open' } },
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            {
              id: 'menu',
              type: 'menu',
              text: 'Choose option',
              buttons: [
                { text: 'A', response: 'You chose A' },
                [
                  { text: 'Continue', next: 'after', answer: 'Continuing' },
                  { text: 'Shop', flow: '/shop' },
                ],
                { text: 'Site', url: 'https://example.com/{{ user.first_name }}' },
              ],
            },
            { id: 'after', type: 'question', text: 'What else?' },
            { id: 'end', type: 'message', text: 'So {{ after }}' },
          ],
        },
      },
    ],
    lines: [
      says('/start'),
      hears('Choose option', { keyboard: [['A'], ['Continue', 'Shop'], ['Site']], as: 'menu' }),
      presses('A'),
      seesCallbackNotice(''),
      hears('You chose A'),
      presses('Shop', { on: 'menu' }),
      seesCallbackNotice(''),
      hears('The shop is open'),
      presses('Continue', { on: 'menu' }),
      seesCallbackNotice('Continuing'),
      hears('What else?'),
      says('nothing'),
      hears('So nothing'),
      receivesNothing(),
    ],
  },
  {
    title: 'a flow that consists only of a menu, as in the seed',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          type: 'menu',
          text: 'Choose option',
          buttons: [
            { text: 'A', response: 'You chose A' },
            { text: 'B', response: 'You chose B' },
          ],
        },
      },
    ],
    lines: [
      says('/start'),
      hears('Choose option', { keyboard: [['A'], ['B']], as: 'menu' }),
      presses('B'),
      hears('You chose B'),
      presses('A', { on: 'menu' }),
      hears('You chose A'),
    ],
  },
  {
    title: 'a menu does not wait for text: the default flow answers and the buttons still work',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          type: 'menu',
          text: 'Pick',
          buttons: [{ text: 'Mine', response: 'Yours', callback_data: 'pick:mine' }],
        },
      },
      { is_default: true, flow_data: { response: 'I only know buttons' } },
    ],
    lines: [
      says('/start'),
      hears('Pick', { as: 'menu' }),
      says('hm'),
      hears('I only know buttons'),
      presses('Mine', { on: 'menu' }),
      seesCallbackNotice(''),
      hears('Yours'),
    ],
  },
  {
    title: 'commands match with a payload, with the bot name, and in any case',
    flows: [
      { trigger_command: '/start', flow_data: { response: 'Started by {{ message.text }}' } },
      { trigger_command: 'menu', flow_data: { response: 'The menu' } },
      { is_default: true, flow_data: { response: 'Pardon?' } },
    ],
    lines: [
      says('/start promo-42'),
      hears('Started by /start promo-42'),
      ({ person, bot }) => person('Ann').send(`/menu@${bot.fake.username}`),
      hears('The menu'),
      says('/MENU'),
      hears('The menu'),
      says('/menus'),
      hears('Pardon?'),
      says('menu'),
      hears('Pardon?'),
      says('look: /menu'),
      hears('Pardon?'),
      says('/menu@another_bot'),
      hears('Pardon?'),
    ],
  },
  {
    title: 'a command has priority over a pending question',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'q', type: 'question', text: 'Name?' },
            { id: 'm', type: 'message', text: 'Hello {{ q }}' },
          ],
        },
      },
      { trigger_command: 'help', flow_data: { response: 'Help is here' } },
      { is_default: true, flow_data: { response: 'Nothing waits' } },
    ],
    lines: [
      says('/start'),
      hears('Name?'),
      says('/help'),
      hears('Help is here'),
      says('Ann'),
      hears('Nothing waits'),
      says('/start'),
      hears('Name?'),
      says('/unknown'),
      hears('Hello /unknown'),
    ],
  },
  {
    title: 'a session stays on its flow version when the flow is changed',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'one', type: 'question', text: 'One?' },
            { id: 'two', type: 'question', text: 'Two?' },
            { id: 'end', type: 'message', text: 'Old: {{ one }}+{{ two }}' },
          ],
        },
      },
    ],
    lines: [
      says('/start'),
      hears('One?'),
      publishes(0, {
        steps: [
          { id: 'uno', type: 'question', text: 'Uno?' },
          { id: 'end', type: 'message', text: 'New: {{ uno }}' },
        ],
      }),
      says('1'),
      hears('Two?'),
      publishes(0, {
        steps: [
          { id: 'eins', type: 'question', text: 'Eins?' },
          { id: 'end', type: 'message', text: 'Newest: {{ eins }}' },
        ],
      }),
      says('2'),
      hears('Old: 1+2'),
      says('/start'),
      hears('Eins?'),
      says('I'),
      hears('Newest: I'),
    ],
  },
  {
    title: 'buttons of an older version work while it exists; later the press is answered and the step shown again',
    flows: [
      {
        trigger_command: 'start',
        flow_data: { type: 'menu', text: 'Old menu', buttons: [{ text: 'X', response: 'Old X' }] },
      },
      {
        trigger_command: 'ask',
        flow_data: {
          steps: [
            { id: 'q', type: 'question', text: 'Still there?' },
            { id: 'm', type: 'message', text: 'Good: {{ q }}' },
          ],
        },
      },
    ],
    lines: [
      says('/start'),
      hears('Old menu', { as: 'old' }),
      publishes(0, {
        type: 'menu',
        text: 'New menu',
        buttons: [
          { text: 'Y', response: 'New Y' },
          { text: 'X', response: 'New X' },
        ],
      }),
      presses('X', { on: 'old' }),
      seesCallbackNotice(''),
      hears('Old X'),
      says('/start'),
      hears('New menu', { as: 'new' }),
      presses('X', { on: 'new' }),
      seesCallbackNotice(''),
      hears('New X'),
      says('/ask'),
      hears('Still there?'),
      deletesFlow(0),
      presses('X', { on: 'old' }),
      seesCallbackNotice('This button no longer works.'),
      hears('Still there?'),
      says('yes'),
      hears('Good: yes'),
      presses('X', { on: 'new' }),
      seesCallbackNotice('This button no longer works.'),
      receivesNothing(),
    ],
  },
  {
    title: 'a press with unknown data is answered',
    flows: [{ trigger_command: 'start', flow_data: { response: 'Hello' } }],
    lines: [
      says('/start'),
      hears('Hello'),
      async ({ stage: harness, bot, person }) => {
        const { from, chat } = {
          from: harness.telegram.user('Ann').user,
          chat: { id: person('Ann').chat_id, type: 'private', first_name: 'Ann' },
        };
        const before = harness.telegram.callsTo({ bot: bot.fake, method: 'answerCallbackQuery' }).length;
        for (const data of ['nonsense', '~zz.0.0', '~1.99.99', 'x'.repeat(64)]) {
          bot.fake.pushUpdate('callback_query', {
            id: `made up ${data}`,
            from,
            chat_instance: '1',
            data,
            message: { message_id: 1, chat, date: 0 },
          });
        }
        await harness.quiet();
        const answered = harness.telegram.callsTo({ bot: bot.fake, method: 'answerCallbackQuery' }).slice(before);
        const ids = answered.map(({ parameters }) => String(parameters.callback_query_id));
        if (new Set(ids).size !== 4) throw new Error(`Of four presses these were answered: ${ids.join(', ')}`);
      },
      receivesNothing(),
    ],
  },
  {
    title: 'deleting a flow ends the sessions in it',
    flows: [
      { trigger_command: 'start', flow_data: { steps: [{ id: 'q', type: 'question', text: 'Name?' }] } },
      { is_default: true, flow_data: { response: 'Nothing waits' } },
    ],
    lines: [says('/start'), hears('Name?'), deletesFlow(0), says('Ann'), hears('Nothing waits')],
  },
  {
    title: 'the sessions of two users are separate',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'n', type: 'question', text: 'Name?' },
            { id: 'm', type: 'message', text: 'Hello {{ n }}' },
          ],
        },
      },
    ],
    lines: [
      says('/start'),
      says('/start', { by: 'Bob' }),
      hears('Name?'),
      hears('Name?', { by: 'Bob' }),
      says('B', { by: 'Bob' }),
      hears('Hello B', { by: 'Bob' }),
      says('A'),
      hears('Hello A'),
      receivesNothing({ by: 'Bob' }),
    ],
  },
  {
    title: 'in a group every member has a separate session, and commands for other bots are ignored',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'n', type: 'question', text: '{{ user.first_name }}, your word?' },
            { id: 'm', type: 'message', text: '{{ user.first_name }} says {{ n }}' },
          ],
        },
      },
    ],
    lines: [
      async ({ stage: harness, bot }) => {
        const [ann, bob] = [harness.telegram.user('Ann'), harness.telegram.user('Bob')];
        const group = harness.telegram.group('Friends', [ann, bob], { bots: [bot.fake], type: 'supergroup' });
        const [a, b] = [ann.in(group), bob.in(group)];
        await a.send(`/start@${bot.fake.username}`);
        const askedAnn = await a.expectReply('Ann, your word?');
        await b.send('/start');
        const askedBob = await b.expectReply('Bob, your word?', { skip: true });
        await a.send('/start@another_bot');
        await b.send('two', { reply_to: askedBob });
        await b.expectReply('Bob says two');
        await a.send('one', { reply_to: askedAnn });
        await b.expectReply('Ann says one');
      },
    ],
  },
  {
    title: 'long texts are sent in parts within the limit of Telegram',
    flows: [
      {
        is_default: true,
        flow_data: {
          steps: [
            { id: 'word', type: 'question', text: 'Say much' },
            { id: 'echo', type: 'message', text: '{{ word }}, {{ word }}!' },
          ],
        },
      },
    ],
    lines: [
      says('hello'),
      hears('Say much'),
      says('word '.repeat(600).trimEnd()),
      hears(/^(word,? ?)+$/),
      hears(/^(word,? ?)+!$/),
      receivesNothing(),
    ],
  },
];
