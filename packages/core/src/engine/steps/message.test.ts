import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../model/index.ts';
import { dialogue, ENV, type Dialogue } from '../fixtures/dialogue.ts';

/** Ann has sent /start to a flow of these steps. */
function started(...steps: object[]): Dialogue {
  const ann = dialogue(
    [
      {
        trigger_command: 'start',
        flow_data: { steps: steps.map((step, index) => ({ id: `s${index}`, type: 'message', ...step })) },
      },
    ],
    {
      ...ENV,
      user: {
        ...ENV.user,
        attributes: {
          tricky: '<b & _*[`</pre>',
          long: 'word '.repeat(1000).trimEnd(),
          file: 'AgACAgIAAx',
          path: '/etc/passwd',
          link: 'https://a.example/x.png',
        },
      },
    },
  );
  ann.say('/start');
  return ann;
}

function calls(ann: Dialogue): [string, JsonObject][] {
  return ann.last.effects.flatMap((effect) =>
    effect.kind === 'send' || effect.kind === 'call' ? [[effect.method, effect.payload]] : [],
  );
}

const sent = (step: object): [string, JsonObject][] => calls(started(step));

describe('formatting', () => {
  test.each(['HTML', 'MarkdownV2'])('a value is plain text in %s, whatever it contains', (parse_mode) => {
    const text = parse_mode === 'HTML' ? '<b>{{ user.attributes.tricky }}</b>!' : '*{{ user.attributes.tricky }}*\\!';
    expect(sent({ text, parse_mode })).toEqual([
      ['sendMessage', { text: '<b & _*[`</pre>!', entities: [{ type: 'bold', offset: 0, length: 15 }] }],
    ]);
  });

  test('a long text keeps its formatting in every part', () => {
    const parts = sent({ text: '<b>{{ user.attributes.long }}</b>', parse_mode: 'HTML' });
    expect(parts).toHaveLength(2);
    expect(parts.map(([, { text }]) => text as string).join('')).toBe('word '.repeat(1000).trimEnd());
    for (const [, { text, entities }] of parts)
      expect(entities).toEqual([{ type: 'bold', offset: 0, length: (text as string).length }]);
  });

  test('formatting that is not valid after rendering is sent as plain text, and the trace says so', () => {
    const ann = started({ text: '{% if user.username %}<b>{% endif %}x', parse_mode: 'HTML' });
    expect(calls(ann)).toEqual([['sendMessage', { text: '<b>x' }]]);
    expect(ann.last.trace.map(({ kind }) => kind)).toContain('markup_unreadable');
  });
});

describe('the content of a message', () => {
  test.each<[object, string, JsonObject]>([
    [
      {
        photo: 'https://a.example/{{ user.first_name }} x.png',
        text: '<i>Hi</i>',
        parse_mode: 'HTML',
        spoiler: true,
        caption_above: true,
      },
      'sendPhoto',
      {
        photo: 'https://a.example/Ann x.png',
        caption: 'Hi',
        caption_entities: [{ type: 'italic', offset: 0, length: 2 }],
        has_spoiler: true,
        show_caption_above_media: true,
      },
    ],
    [{ photo: 'https://a.example/?u={{ user.full_name }}' }, 'sendPhoto', { photo: 'https://a.example/?u=Ann%20Lee' }],
    [
      { video: '{{ user.attributes.file }}', silent: true, protected: true },
      'sendVideo',
      { video: 'AgACAgIAAx', disable_notification: true, protect_content: true },
    ],
    [{ sticker: 'CAACAgIAAx' }, 'sendSticker', { sticker: 'CAACAgIAAx' }],
    [{ location: { latitude: 1.5, longitude: -2 } }, 'sendLocation', { latitude: 1.5, longitude: -2 }],
    [
      { venue: { latitude: 1, longitude: 2, title: '{{ bot.name }}', address: 'A' } },
      'sendVenue',
      { latitude: 1, longitude: 2, title: 'Shop', address: 'A' },
    ],
    [
      { contact: { phone_number: '+1', first_name: '{{ user.first_name }}' } },
      'sendContact',
      { phone_number: '+1', first_name: 'Ann' },
    ],
    [{ dice: '🎯' }, 'sendDice', { emoji: '🎯' }],
    [
      { poll: { question: 'Q', options: ['A', 'B'], correct_option: 1, explanation: 'E', is_anonymous: false } },
      'sendPoll',
      {
        question: 'Q',
        options: [{ text: 'A' }, { text: 'B' }],
        is_anonymous: false,
        type: 'quiz',
        correct_option_ids: [1],
        explanation: 'E',
      },
    ],
    [
      {
        text: 'C',
        album: [
          { type: 'photo', media: 'https://a.example/1' },
          { type: 'video', media: 'https://a.example/2' },
        ],
      },
      'sendMediaGroup',
      {
        media: [
          { type: 'photo', media: 'https://a.example/1', caption: 'C' },
          { type: 'video', media: 'https://a.example/2' },
        ],
      },
    ],
    [{ text: 'x', link_preview: false }, 'sendMessage', { text: 'x', link_preview_options: { is_disabled: true } }],
    [
      { text: 'x', link_preview: { size: 'large', above: true } },
      'sendMessage',
      { text: 'x', link_preview_options: { prefer_large_media: true, show_above_text: true } },
    ],
    [{ text: 'x', remove_keyboard: true }, 'sendMessage', { text: 'x', reply_markup: { remove_keyboard: true } }],
    [
      { text: 'x', force_reply: { placeholder: 'P' } },
      'sendMessage',
      { text: 'x', reply_markup: { force_reply: true, input_field_placeholder: 'P' } },
    ],
    [
      {
        text: 'x',
        keyboard: {
          one_time: true,
          placeholder: 'P',
          keys: [
            [
              { text: 'N', request_contact: true, style: 'primary' },
              { text: 'W', web_app: 'https://a.example' },
            ],
            { text: '{{ user.phone }}' },
          ],
        },
      },
      'sendMessage',
      {
        text: 'x',
        reply_markup: {
          keyboard: [
            [
              { text: 'N', request_contact: true, style: 'primary' },
              { text: 'W', web_app: { url: 'https://a.example' } },
            ],
            [{ text: '…' }],
          ],
          resize_keyboard: true,
          one_time_keyboard: true,
          input_field_placeholder: 'P',
        },
      },
    ],
    [
      {
        text: 'x',
        buttons: [
          { text: 'A', answer: 'B', style: 'danger', icon_custom_emoji_id: '5' },
          { text: 'C', copy_text: '{{ user.first_name }}' },
        ],
      },
      'sendMessage',
      {
        text: 'x',
        reply_markup: {
          inline_keyboard: [
            [{ text: 'A', callback_data: '~1.0.0', style: 'danger', icon_custom_emoji_id: '5' }],
            [{ text: 'C', copy_text: { text: 'Ann' } }],
          ],
        },
      },
    ],
  ])('%j', (step, method, payload) => {
    expect(sent(step)).toEqual([[method, payload]]);
  });

  test('a caption that is too long continues as a text, with the buttons below the last part', () => {
    const buttons = [{ text: 'A', answer: 'B' }];
    const [[method, photo], ...texts] = sent({
      photo: 'https://a.example',
      text: '<b>{{ user.attributes.long }}</b>',
      parse_mode: 'HTML',
      buttons,
    }) as [[string, JsonObject], ...[string, JsonObject][]]; // there is one at least
    expect([method, ...texts.map(([each]) => each)]).toEqual(['sendPhoto', 'sendMessage']);
    expect((photo.caption as string).length).toBeLessThanOrEqual(1024);
    expect(photo.reply_markup).toBeUndefined();
    expect([photo.caption as string, ...texts.map(([, { text }]) => text as string)].join('')).toBe(
      'word '.repeat(1000).trimEnd(),
    );
    expect(texts.at(-1)?.[1].reply_markup).toBeDefined();
  });

  test('media that are neither an https address nor a file_id are not sent; the text is', () => {
    for (const media of ['{{ user.attributes.path }}', '{{ user.phone }}', '{{ user.attributes.tricky }}']) {
      const ann = started({ photo: media, text: 'Look' });
      expect(calls(ann), media).toEqual([['sendMessage', { text: 'Look' }]]);
      expect(ann.last.trace.map(({ kind }) => kind)).toContain('media_unusable');
    }
  });
});

test('typing is shown before the message, and again during a long pause', () => {
  expect(sent({ text: 'x', typing: true })).toEqual([
    ['sendChatAction', { action: 'typing' }],
    ['sendMessage', { text: 'x' }],
  ]);
  const slow = started({ photo: 'https://a.example', typing: 7 });
  expect(slow.last.effects).toMatchObject([
    { kind: 'call', payload: { action: 'upload_photo' }, pause: 5000 },
    { kind: 'call', pause: 2000 },
    { kind: 'send', method: 'sendPhoto' },
  ]);
});

describe('buttons of a message', () => {
  const steps = [
    {
      text: 'Hi',
      buttons: [
        [
          { text: 'Say', response: '<b>Said</b>' },
          { text: 'Go', next: 's2' },
        ],
      ],
      parse_mode: 'HTML',
    },
    { text: 'And on', next: null },
    { text: 'There', next: 's0' },
  ];

  test('the flow continues without waiting for them, and they work afterwards', () => {
    const ann = started(...steps);
    expect(ann.last.effects).toHaveLength(2);
    expect(ann.session.step_id).toBeNull();
    expect(ann.press('Say')).toEqual(['(answer)', 'Said']);
    expect(ann.press('Go')).toEqual(['(answer)', 'There', 'Hi', 'And on']);
  });
});

describe('in place', () => {
  const edit = { text: 'Two', edit: true };

  test('the first message of a run is a new one, the next one edits it', () => {
    expect(calls(started(edit))).toEqual([['sendMessage', { text: 'Two' }]]);
    expect(calls(started({ text: 'One' }, edit))).toEqual([
      ['sendMessage', { text: 'One' }],
      ['editMessageText', { text: 'Two' }],
    ]);
  });

  test('a press edits the message whose button was pressed', () => {
    const ann = started({ text: 'One', buttons: [{ text: 'Go', next: 's1' }], next: null }, { ...edit, next: null });
    ann.press('Go');
    expect(calls(ann)).toEqual([['editMessageText', { message_id: 1, text: 'Two' }]]);
  });

  test('media edit a message too, together with their caption', () => {
    const photo = {
      photo: 'https://example.com/2.png',
      text: '<b>Two</b>',
      parse_mode: 'HTML',
      spoiler: true,
      caption_above: true,
      silent: true,
      edit: true,
      buttons: [{ text: 'A', response: 'a' }],
    };
    const ann = started({ text: 'One', buttons: [{ text: 'Go', next: 's1' }], next: null }, { ...photo, next: null });
    ann.press('Go');
    const media = {
      type: 'photo',
      media: 'https://example.com/2.png',
      caption: 'Two',
      caption_entities: [{ type: 'bold', offset: 0, length: 3 }],
      has_spoiler: true,
      show_caption_above_media: true,
    };
    expect(calls(ann)).toEqual([
      [
        'editMessageMedia',
        {
          message_id: 1,
          media,
          disable_notification: true,
          reply_markup: { inline_keyboard: [[expect.objectContaining({ text: 'A' })]] },
        },
      ],
    ]);
    expect(calls(started({ text: 'One' }, { document: 'https://example.com/a.pdf', edit: true }))[1]).toEqual([
      'editMessageMedia',
      { media: { type: 'document', media: 'https://example.com/a.pdf' } },
    ]);
    expect(calls(started({ document: 'https://example.com/a.pdf', edit: true }))).toEqual([
      ['sendDocument', { document: 'https://example.com/a.pdf' }],
    ]);
  });

  test('if media cannot be sent, their text still replaces the message', () => {
    expect(calls(started({ text: 'One' }, { photo: '{{ user.first_name }}', text: 'Two', edit: true }))[1]).toEqual([
      'editMessageText',
      { text: 'Two' },
    ]);
  });

  test('after an answer, the last message of the flow is edited', () => {
    const ann = started({ type: 'question', text: 'Name?' }, edit);
    ann.say('Ann');
    expect(calls(ann)).toEqual([['editMessageText', { text: 'Two' }]]);
  });
});
