import { hears, hostSends, isNotified, presses, says, silence, type Dialogue } from './lines.ts';

const say = (id: string, text: string, next: string | null = null): object => ({ id, type: 'message', text, next });

/** What starts flows, and which of them when several could. */
export const TRIGGER_DIALOGUES: readonly Dialogue[] = [
  {
    title: 'commands, keywords, patterns and a first contact start flows, each in its turn',
    flows: [
      { flow_data: { triggers: [{ kind: 'first_contact' }], response: 'Nice to meet you, {{ user.first_name }}' } },
      { flow_data: { triggers: [{ kind: 'command', command: '/prices' }, { kind: 'keyword', words: ['prices', 'how much'], match: 'part' }], response: 'Tea is 3' } },
      { flow_data: { triggers: [{ kind: 'pattern', pattern: '^order [0-9]+$', ignore_case: true }], steps: [{ id: 'sure', type: 'question', text: 'Sure?' }, say('done', 'Ordered: {{ sure }}')] } },
      { trigger_command: 'start', flow_data: { response: 'Welcome' } },
      { is_default: true, flow_data: { response: 'Pardon?' } },
    ],
    lines: [
      ...[says('hello'), hears('Nice to meet you, Ann'), says('hello'), hears('Pardon?')],
      ...[says('/start', { by: 'Bob' }), hears('Welcome', { by: 'Bob' }), says('hello', { by: 'Bob' }), hears('Pardon?', { by: 'Bob' })],
      ...[says('How much is it?'), hears('Tea is 3'), says('/prices@nobody'), hears('Pardon?'), says('/Prices now'), hears('Tea is 3')],
      ...[says('Order 66'), hears('Sure?'), says('prices'), hears('Ordered: prices'), says('Order 66'), hears('Sure?'), says('/prices'), hears('Tea is 3'), silence()],
    ],
  },
  {
    title: 'the default opens a conversation, the fallback is for what is not understood in one',
    flows: [
      { trigger_command: 'start', flow_data: { type: 'menu', text: 'Menu', buttons: [{ text: 'A', response: 'You chose A' }] } },
      { is_default: true, flow_data: { steps: [{ id: 'name', type: 'question', text: 'Hello! Your name?' }, say('thanks', 'Hello, {{ name }}')] } },
      { flow_data: { triggers: [{ kind: 'fallback' }], response: 'I do not know {{ message.text }}' } },
    ],
    lines: [
      ...[says('hi'), hears('Hello! Your name?'), says('/nonsense'), hears('Hello, /nonsense')],
      ...[says('/nonsense'), hears('I do not know /nonsense'), says('/start'), hears('Menu', { as: 'menu' }), says('tea'), hears('I do not know tea')],
      ...[presses('A', { on: 'menu' }), isNotified(''), hears('You chose A'), silence()],
    ],
  },
  {
    title: 'a button that the program sent itself starts a flow by its data',
    flows: [
      { trigger_command: 'start', flow_data: { response: 'Welcome' } },
      { flow_data: { triggers: [{ kind: 'callback', data: 'order:', match: 'start' }], response: 'Any: {{ event.data }}' } },
      { flow_data: { triggers: [{ kind: 'callback', data: 'order:1' }], response: 'The first' } },
    ],
    lines: [
      ...[says('/start'), hears('Welcome'), hostSends('Your orders', [['One', 'order:1'], ['Two', 'order:2'], ['Other', 'else']]), hears('Your orders', { as: 'orders' })],
      ...[presses('Two'), isNotified(''), hears('Any: order:2'), presses('One', { on: 'orders' }), isNotified(''), hears('The first')],
      ...[presses('Other', { on: 'orders' }), isNotified('This button no longer works.'), silence()],
    ],
  },
];
