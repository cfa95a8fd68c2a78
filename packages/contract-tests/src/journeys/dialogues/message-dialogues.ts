import { expect } from 'vitest';
import { hears, presses, receivesNothing, says, seesCallbackNotice, type Dialogue } from './lines.ts';
import { changes, changesInto, receives } from './shown-messages.ts';

const EVERYTHING = [
  {
    photo: 'https://example.com/{{ user.first_name }}.png',
    text: '<i>Look</i>',
    parse_mode: 'HTML',
    spoiler: true,
    caption_above: true,
    silent: true,
    protected: true,
  },
  { video: 'https://example.com/1.mp4', text: 'Video' },
  { animation: 'https://example.com/1.gif' },
  { audio: 'https://example.com/1.mp3' },
  { voice: 'https://example.com/1.ogg' },
  { document: 'https://example.com/1.pdf' },
  { sticker: 'https://example.com/1.webp' },
  { location: { latitude: 59.91, longitude: 10.75 } },
  { venue: { latitude: 59.91, longitude: 10.75, title: '{{ bot.name }}', address: 'Storgata 1' } },
  { contact: { phone_number: '+4712345678', first_name: '{{ user.first_name }}' } },
  {
    poll: {
      question: 'Tea?',
      options: ['Yes', 'No'],
      is_anonymous: false,
      correct_option: 0,
      explanation: 'Of course',
    },
  },
  { dice: '🎯' },
  {
    album: [
      { type: 'photo', media: 'https://example.com/1.png' },
      { type: 'video', media: 'https://example.com/2.mp4' },
    ],
    text: 'Both',
  },
];

/** Content of messages and menus, and their formatting. */
export const MESSAGE_DIALOGUES: readonly Dialogue[] = [
  {
    title: 'text of a user stays plain text in every parse mode',
    flows: [
      {
        is_default: true,
        flow_data: {
          steps: [
            {
              id: 'html',
              type: 'message',
              parse_mode: 'HTML',
              text: '<b>{{ message.text }}</b> <a href="https://example.com/?q={{ message.text }}">link</a>',
            },
            {
              id: 'markdown',
              type: 'message',
              parse_mode: 'MarkdownV2',
              text: '*{{ message.text }}* `{{ message.text }}`',
            },
          ],
        },
      },
    ],
    lines: ['<b', 'a & b &amp;', '_*[`]()~|{}.!\\', '</b></a>'].flatMap((text) => [
      says(text),
      receives({
        text: `${text} link`,
        entities: [
          { type: 'bold', offset: 0, length: text.length },
          { type: 'text_link', url: `https://example.com/?q=${encodeURIComponent(text)}` },
        ],
      }),
      receives({
        text: `${text} ${text}`,
        entities: [
          { type: 'bold', offset: 0, length: text.length },
          { type: 'code', offset: text.length + 1, length: text.length },
        ],
      }),
    ]),
  },
  {
    title: 'a long formatted text is sent in parts, each with its formatting',
    flows: [
      {
        is_default: true,
        flow_data: {
          steps: [
            { id: 'ask', type: 'question', text: 'Say much' },
            { id: 'bold', type: 'message', text: '<b>{{ ask }} {{ ask }}</b>', parse_mode: 'HTML' },
          ],
        },
      },
    ],
    lines: [
      says('hello'),
      hears('Say much'),
      says('word '.repeat(600).trimEnd()),
      receives({ entities: [{ type: 'bold', offset: 0 }] }),
      receives({ entities: [{ type: 'bold', offset: 0 }] }),
      receivesNothing(),
    ],
  },
  {
    title: 'a message shows pictures, places, contacts, polls, dice and albums, and the log has their types',
    flows: [
      {
        trigger_command: 'start',
        flow_data: { steps: EVERYTHING.map((step, index) => ({ id: `s${index}`, type: 'message', ...step })) },
      },
    ],
    lines: [
      says('/start'),
      receives({
        photo: expect.any(Array),
        caption: 'Look',
        caption_entities: [{ type: 'italic' }],
        has_media_spoiler: true,
        show_caption_above_media: true,
        has_protected_content: true,
      }),
      receives({ video: expect.anything(), caption: 'Video' }),
      ...['animation', 'audio', 'voice', 'document', 'sticker'].map((kind) => receives({ [kind]: expect.anything() })),
      receives({ location: { latitude: 59.91, longitude: 10.75 } }),
      receives({ venue: { address: 'Storgata 1' } }),
      receives({ contact: { phone_number: '+4712345678', first_name: 'Ann' } }),
      receives({ poll: { question: 'Tea?', type: 'quiz', correct_option_ids: [0] } }),
      receives({ dice: { emoji: '🎯' } }),
      receives({ photo: expect.any(Array), caption: 'Both', media_group_id: expect.any(String) }),
      receives({ video: expect.anything(), media_group_id: expect.any(String) }),
      receivesNothing(),
      async ({ stage: harness, bot }) => {
        const { items } = await harness.api.call<{
          items: { direction: string; type: string; status: string; telegram_message_id: number | null }[];
        }>('GET', `${bot.path}/messages?limit=100`);
        const sent = items.filter(({ direction }) => direction === 'outgoing').reverse();
        expect(sent.map(({ type }) => type)).toEqual([
          'photo',
          'video',
          'animation',
          'audio',
          'voice',
          'document',
          'sticker',
          'location',
          'venue',
          'contact',
          'poll',
          'dice',
          'album',
        ]);
        await harness.quiet();
        expect(sent.every(({ status }) => status !== 'failed')).toBe(true);
      },
    ],
  },
  {
    title: 'a reply keyboard is shown, pressed and removed; a reply is requested',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            {
              id: 'keys',
              type: 'message',
              text: 'Pick',
              keyboard: {
                one_time: true,
                placeholder: 'A color',
                keys: [
                  [{ text: 'Red', style: 'danger' }, { text: 'Blue' }],
                  { text: 'Where I am', request_location: true },
                ],
              },
            },
            { id: 'color', type: 'question', text: 'Which?' },
            { id: 'gone', type: 'message', text: '{{ color }} it is', remove_keyboard: true },
            { id: 'reply', type: 'message', text: 'Answer me', force_reply: { placeholder: 'Well?' } },
          ],
        },
      },
    ],
    lines: [
      says('/start'),
      hears('Pick'),
      hears('Which?'),
      async ({ person }) => {
        await person('Ann').press('Blue');
        await person('Ann').expectReply('Blue it is');
        await person('Ann').expectReply('Answer me');
        await expect(person('Ann').press('Red')).rejects.toThrow(/can't press/);
      },
    ],
  },
  {
    title: 'buttons of a message work while the flow continues, and copy, open links and lead to steps',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            {
              id: 'offer',
              type: 'message',
              text: 'An offer',
              buttons: [
                [
                  { text: 'Like', answer: 'Thanks', style: 'success' },
                  { text: 'Code', copy_text: 'CODE-{{ user.chat_id }}' },
                ],
                { text: 'App', web_app: 'https://example.com/app' },
                { text: 'Again', next: 'name' },
              ],
            },
            { id: 'name', type: 'question', text: 'Name?' },
            { id: 'end', type: 'message', text: 'Bye {{ name }}' },
          ],
        },
      },
    ],
    lines: [
      says('/start'),
      hears('An offer', { keyboard: [['Like', 'Code'], ['App'], ['Again']], as: 'offer' }),
      hears('Name?'),
      presses('Like', { on: 'offer' }),
      seesCallbackNotice('Thanks'),
      says('Ann'),
      hears('Bye Ann'),
      presses('Again', { on: 'offer' }),
      seesCallbackNotice(''),
      hears('Name?'),
    ],
  },
  {
    title: 'typing is shown, in order',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'a', type: 'message', text: 'One', typing: true },
            { id: 'b', type: 'message', photo: 'https://example.com/1.png', typing: true },
          ],
        },
      },
    ],
    lines: [
      says('/start'),
      hears('One'),
      receives({ photo: expect.any(Array) }),
      async ({ stage: harness, bot }) => {
        await harness.quiet();
        const calls = harness.telegram.callsTo({ bot: bot.fake }).filter(({ method }) => method.startsWith('send'));
        expect(calls.map(({ method, parameters }) => [method, parameters.action])).toEqual([
          ['sendChatAction', 'typing'],
          ['sendMessage', undefined],
          ['sendChatAction', 'upload_photo'],
          ['sendPhoto', undefined],
        ]);
      },
    ],
  },
  {
    title: 'a message replaces the last one or the pressed one, or is a new one if that is gone',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'wait', type: 'message', text: 'One moment' },
            {
              id: 'ready',
              type: 'message',
              text: '<b>Ready</b>',
              parse_mode: 'HTML',
              edit: true,
              buttons: [{ text: 'More', next: 'more' }],
              next: 'name',
            },
            { id: 'name', type: 'question', text: 'Name?' },
            { id: 'photo', type: 'message', photo: 'https://example.com/1.png' },
            { id: 'instead', type: 'message', text: 'No text to edit', edit: true, next: null },
            { id: 'more', type: 'message', text: 'More', edit: true, next: null },
          ],
        },
      },
    ],
    lines: [
      says('/start'),
      hears('One moment', { as: 'first' }),
      changes('Ready', 'first'),
      hears('Name?'),
      presses('More', { on: 'first' }),
      changes('More', 'first'),
      says('/start'),
      hears('One moment'),
      changes('Ready'),
      hears('Name?'),
      says('Ann'),
      receives({ photo: expect.any(Array) }),
      hears('No text to edit'),
      receivesNothing(),
    ],
  },
  {
    title: 'a photo replaces a text, another photo replaces it; a sticker is followed by a new message',
    flows: [
      {
        trigger_command: 'start',
        flow_data: {
          steps: [
            { id: 'wait', type: 'message', text: 'One moment' },
            {
              id: 'first',
              type: 'message',
              photo: 'https://example.com/1.png',
              text: 'First',
              edit: true,
              buttons: [{ text: 'Next', next: 'second' }],
              next: null,
            },
            {
              id: 'second',
              type: 'message',
              video: 'https://example.com/2.mp4',
              text: 'Second',
              edit: true,
              next: 'sticker',
            },
            { id: 'sticker', type: 'message', sticker: 'https://example.com/3.webp' },
            { id: 'third', type: 'message', photo: 'https://example.com/3.png', text: 'Third', edit: true, next: null },
          ],
        },
      },
    ],
    lines: [
      says('/start'),
      hears('One moment', { as: 'it' }),
      changesInto('photo', 'First'),
      presses('Next', { on: 'it' }),
      changesInto('video', 'Second'),
      receives({ sticker: expect.any(Object) }),
      hears('Third'),
      receivesNothing(),
    ],
  },
];
