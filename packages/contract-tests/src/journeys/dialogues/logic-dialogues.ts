import {
  changesSettings,
  deletesFlow,
  hears,
  presses,
  publishes,
  receivesNothing,
  says,
  type Dialogue,
} from './lines.ts';

const say = (id: string, text: string, next: string | null = null): object => ({ id, type: 'message', text, next });

/** Flows that decide, count, repeat and call one another. */
export const LOGIC_DIALOGUES: readonly Dialogue[] = [
  {
    title: 'a condition compares numbers, texts, lists and patterns',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'age', type: 'question', text: 'Age?', input: 'number' },
            { id: 'post', type: 'question', text: 'Postcode?' },
            {
              id: 'check',
              type: 'condition',
              if: {
                all: [
                  { var: 'age', op: '>=', value: 18 },
                  { var: 'post', op: 'matches', value: '^[0-9]{4}$' },
                  { not: { var: 'user.first_name', op: 'in', value: ['Bob'] } },
                ],
              },
              then: 'yes',
              else: 'no',
            },
            say('yes', 'Welcome, {{ user.first_name }}'),
            say('no', 'Not you'),
          ],
        },
      },
    ],
    lines: [
      ...[says('/start'), hears('Age?'), says('18'), hears('Postcode?'), says('5003'), hears('Welcome, Ann')],
      ...[says('/start'), hears('Age?'), says('17'), hears('Postcode?'), says('5003'), hears('Not you')],
      ...[
        says('/start'),
        hears('Age?'),
        says('40'),
        hears('Postcode?'),
        says('50030'),
        hears('Not you'),
        receivesNothing(),
      ],
      ...[
        says('/start', { by: 'Bob' }),
        hears('Age?', { by: 'Bob' }),
        says('40', { by: 'Bob' }),
        hears('Postcode?', { by: 'Bob' }),
        says('5003', { by: 'Bob' }),
        hears('Not you', { by: 'Bob' }),
      ],
    ],
  },
  {
    title: 'a switch selects a branch by the answer, and asks again if no case matches',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'plan', type: 'question', text: 'Plan?' },
            {
              id: 'which',
              type: 'switch',
              value: '{{ plan }}',
              ignore_case: true,
              cases: [
                { is: ['pro', 'team'], next: 'pro' },
                { is: 'basic', next: 'basic' },
              ],
              next: 'plan',
            },
            say('pro', 'For professionals'),
            say('basic', 'For everybody'),
          ],
        },
      },
    ],
    lines: [
      says('/start'),
      hears('Plan?'),
      says('gold'),
      hears('Plan?'),
      says('TEAM'),
      hears('For professionals'),
      says('/start'),
      hears('Plan?'),
      says('Basic'),
      hears('For everybody'),
    ],
  },
  {
    title: 'a sticky random choice stays the same for a user',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'test', type: 'random', sticky: true, branches: [{ next: 'a' }, { next: 'b' }] },
            say('a', 'A'),
            say('b', 'B'),
          ],
        },
      },
    ],
    lines: [
      async ({ person }) => {
        const heard = new Set<string>();
        for (let time = 0; time < 6; time += 1) {
          await person('Ann').send('/start');
          heard.add((await person('Ann').expectReply(/^[AB]$/)).text ?? '');
        }
        if (heard.size !== 1) throw new Error(`Ann heard ${[...heard].join(' and ')}.`);
      },
    ],
  },
  {
    title: 'items are added to a list, counted and listed one by one',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          variables: { basket: [], total: 0 },
          steps: [
            { id: 'what', type: 'question', text: 'What?' },
            { id: 'price', type: 'question', text: 'Price?', input: 'number' },
            {
              id: 'keep',
              type: 'set',
              changes: [
                { variable: 'basket', do: 'append', value: { name: '{{ what }}', price: '{{ price }}' } },
                { variable: 'total', do: 'add', value: '{{ price }}' },
              ],
            },
            {
              id: 'enough',
              type: 'condition',
              if: { var: 'basket.size', op: '<', value: 2 },
              then: 'what',
              else: 'each',
            },
            { id: 'each', type: 'loop', list: 'basket', item: 'thing', index: 'n', body: 'show', next: 'sum' },
            say('show', '{{ n }}. {{ thing.name }}: {{ thing.price }}'),
            say('sum', '{{ total }} in all'),
          ],
        },
      },
    ],
    lines: [
      ...[
        says('/start'),
        hears('What?'),
        says('Tea'),
        hears('Price?'),
        says('1.5'),
        hears('What?'),
        says('Milk'),
        hears('Price?'),
        says('0.7'),
      ],
      ...[hears('1. Tea: 1.5'), hears('2. Milk: 0.7'), hears('2.2 in all'), receivesNothing()],
    ],
  },
  {
    title: 'a loop asks about every item and can be left early',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          variables: { items: ['tea', 'milk', 'salt'] },
          steps: [
            { id: 'each', type: 'loop', list: 'items', body: 'ask', next: 'bye' },
            { id: 'ask', type: 'question', text: 'More {{ item }}?', next: 'stop' },
            {
              id: 'stop',
              type: 'condition',
              if: { var: 'ask', op: '=', value: 'stop', ignore_case: true },
              then: 'leave',
              else: 'ok',
            },
            { id: 'leave', type: 'end', ends: 'loop' },
            say('ok', 'Noted: {{ ask }}'),
            say('bye', 'Bye'),
          ],
        },
      },
    ],
    lines: [
      says('/start'),
      hears('More tea?'),
      says('yes'),
      hears('Noted: yes'),
      hears('More milk?'),
      says('Stop'),
      hears('Bye'),
      says('/start'),
      hears('More tea?'),
    ],
  },
  {
    title:
      'a flow is called with inputs, asks for missing ones, and returns outputs, also to the version that called it',
    flows: [
      {
        name: 'Address',
        flow_data: {
          variables: { person: 'nobody' },
          steps: [
            { id: 'street', type: 'question', text: 'Street of {{ person }}?' },
            { id: 'whole', type: 'set', changes: [{ variable: 'whole', value: '{{ person }}, {{ street }}' }] },
          ],
        },
      },
      {
        trigger_command: 'order',
        flow_data: {
          steps: [
            { id: 'name', type: 'question', text: 'Name?' },
            {
              id: 'where',
              type: 'call',
              flow: 'address',
              inputs: { person: '{{ name }}' },
              outputs: { place: 'whole' },
            },
            { id: 'sure', type: 'question', text: 'To {{ place }}?' },
            say('done', 'On its way to {{ place }}'),
          ],
        },
      },
      { is_default: true, flow_data: { response: 'Nothing waits' } },
    ],
    lines: [
      ...[says('/order'), hears('Name?'), says('Bo'), hears('Street of Bo?')],
      publishes(1, { response: 'A new order' }),
      ...[says('Elm 5'), hears('To Bo, Elm 5?'), says('yes'), hears('On its way to Bo, Elm 5')],
      ...[says('/order'), hears('A new order')],
    ],
  },
  {
    title: 'when the calling flow is deleted, the session ends and the user can start another flow',
    flows: [
      { name: 'Address', flow_data: { steps: [{ id: 'street', type: 'question', text: 'Street?' }] } },
      {
        trigger_command: 'order',
        flow_data: {
          steps: [
            { id: 'where', type: 'call', flow: 'Address', outputs: { street: 'street' } },
            { id: 'done', type: 'message', text: 'To {{ street }}' },
          ],
        },
      },
      { is_default: true, flow_data: { response: 'Nothing waits' } },
    ],
    lines: [
      says('/order'),
      hears('Street?'),
      deletesFlow(1),
      says('Elm 5'),
      receivesNothing(),
      says('hello?'),
      hears('Nothing waits'),
    ],
  },
  {
    title: 'a jump leads to another flow without a return; an end step ends the session',
    flows: [
      {
        name: 'Offer',
        flow_data: {
          variables: { plan: 'none' },
          steps: [
            { id: 'm', type: 'menu', text: 'Offer for {{ plan }}', buttons: [{ text: 'Take', next: 'taken' }] },
            { id: 'taken', type: 'end' },
          ],
        },
      },
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'plan', type: 'question', text: 'Plan?' },
            { id: 'go', type: 'jump', flow: 'Offer', inputs: { plan: '{{ plan }}' } },
          ],
        },
      },
    ],
    lines: [
      says('/start'),
      hears('Plan?'),
      says('pro'),
      hears('Offer for pro', { as: 'offer' }),
      presses('Take', { on: 'offer' }),
      receivesNothing(),
    ],
  },
  {
    title: 'a step that fails takes its error branch, or starts the error flow of the bot',
    flows: [
      { name: 'Oops', flow_data: { response: 'Something went wrong, {{ user.first_name }}' } },
      {
        trigger_command: 'sum',
        flow_data: {
          steps: [
            { id: 'n', type: 'question', text: 'A number, please' },
            { id: 'add', type: 'set', changes: [{ variable: 'sum', do: 'add', value: '{{ n }}' }], on_error: 'no' },
            say('yes', 'That makes {{ sum }}'),
            say('no', '"{{ n }}" cannot be added'),
          ],
        },
      },
      {
        trigger_command: 'risk',
        flow_data: {
          steps: [
            { id: 'n', type: 'question', text: 'A number?' },
            { id: 'add', type: 'set', changes: [{ variable: 'sum', do: 'add', value: '{{ n }}' }] },
            { id: 'm', type: 'message', text: '{{ sum }}' },
          ],
        },
      },
    ],
    lines: [
      ...[says('/sum'), hears('A number, please'), says('7'), hears('That makes 7')],
      ...[says('/sum'), hears('A number, please'), says('seven'), hears('"seven" cannot be added')],
      ...[says('/risk'), hears('A number?'), says('seven'), receivesNothing()],
      changesSettings({ error_flow: 'oops' }),
      ...[says('/risk'), hears('A number?'), says('seven'), hears('Something went wrong, Ann'), receivesNothing()],
    ],
  },
];
