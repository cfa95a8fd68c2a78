import { expect, test } from 'vitest';
import { compileFlow } from '../../compile-flow.ts';
import { validateFlow } from '../../validate-flow.ts';

const message = { id: 'a', type: 'message', text: 'Hi' };

test('continues with the next step in the list or the specified step, or ends', () => {
  const next = (step: object): string | null | undefined => {
    const compiled = compileFlow({
      steps: [
        { ...message, ...step },
        { ...message, id: 'b' },
        { ...message, id: 'c' },
      ],
    }).steps.get('a');
    return compiled?.kind === 'message' ? compiled.next : undefined;
  };
  expect(next({})).toBe('b');
  expect(next({ next: 'c' })).toBe('c');
  expect(next({ next: null })).toBeNull();
});

test('with "version": 1 "next" is required', () => {
  const problems = validateFlow({ version: 1, initial_step: 'a', steps: [message] });
  expect(problems).toEqual([
    { path: '/steps/0/next', code: 'required', message: '"next" is missing', hint: expect.any(String) },
  ]);
  expect(validateFlow({ version: 1, initial_step: 'a', steps: [{ ...message, next: null }] })).toEqual([]);
});

test.each([
  [{ text: '' }, '/steps/0/text', 'empty'],
  [{ text: ' \n ' }, '/steps/0/text', 'empty'],
  [{ text: undefined }, '/steps/0/text', 'required'],
  [{ text: { html: 'x' } }, '/steps/0/text', 'wrong_type'],
  [{ text: 'x'.repeat(4097) }, '/steps/0/text', 'text_too_long'],
  [{ text: '{{ x' }, '/steps/0/text', 'template_invalid'],
  [{ next: 'b' }, '/steps/0/next', 'dangling_step'],
  [{ next: 3 }, '/steps/0/next', 'wrong_type'],
  [{ tetx: 'x' }, '/steps/0/tetx', 'unknown_key'],
  [{ id: '' }, '/steps/0/id', 'empty'],
  [{ id: 'x'.repeat(65) }, '/steps/0/id', 'too_big'],
  [{ id: 'a\u0000' }, '/steps/0/id', 'wrong_format'],
])('%j is rejected', (step, path, code) => {
  expect(validateFlow({ steps: [{ ...message, ...step }] })).toMatchObject([{ path, code }]);
});

test('a text of 4096 characters is allowed, and values can make it longer', () => {
  expect(validateFlow({ response: 'x'.repeat(4096) })).toEqual([]);
  expect(validateFlow({ response: `${'x'.repeat(4090)}{{ user.first_name }}` })).toEqual([]);
});

const media = { id: 'a', type: 'message' };
const item = (type: string): object => ({ type, media: 'https://a.example' });

test.each([
  [{}, '/text', 'required'],
  [{ text: 'x', parse_mode: 'Markdown' }, '/parse_mode', 'wrong_value'],
  [{ text: '<b>x', parse_mode: 'HTML' }, '/text', 'markup_invalid'],
  [{ text: 'x.', parse_mode: 'MarkdownV2' }, '/text', 'markup_invalid'],
  [{ text: `<b>${'x'.repeat(4097)}</b>`, parse_mode: 'HTML' }, '/text', 'text_too_long'],
  [{ photo: 'https://a.example', text: 'x'.repeat(1025) }, '/text', 'text_too_long'],
  [{ photo: 'http://a.example' }, '/photo', 'url_scheme'],
  [{ photo: 'https://[' }, '/photo', 'url_invalid'],
  [{ photo: 'file:///etc/passwd' }, '/photo', 'media_invalid'],
  [{ photo: '/etc/passwd' }, '/photo', 'media_invalid'],
  [{ photo: 'https://a.example', video: 'https://a.example' }, '/video', 'fields_conflict'],
  [{ sticker: 'CAACAgIAAx', text: 'x' }, '/text', 'fields_conflict'],
  [{ album: [item('photo')] }, '/album', 'too_small'],
  [{ album: Array.from({ length: 11 }, () => item('photo')) }, '/album', 'too_big'],
  [{ album: [item('photo'), item('audio')] }, '/album', 'album_mixed'],
  [{ album: [item('photo'), item('voice')] }, '/album/1/type', 'wrong_value'],
  [{ album: [item('photo'), item('video')], remove_keyboard: true }, '/album', 'fields_conflict'],
  [{ location: { latitude: 91, longitude: 0 } }, '/location/latitude', 'too_big'],
  [{ poll: { question: 'x', options: ['a'] } }, '/poll/options', 'too_small'],
  [{ poll: { question: 'x'.repeat(301), options: ['a', 'b'] } }, '/poll/question', 'text_too_long'],
  [{ poll: { question: 'x', options: ['a', 'x'.repeat(101)] } }, '/poll/options/1', 'text_too_long'],
  [{ poll: { question: 'x', options: ['a', 'b'], correct_option: 2 } }, '/poll/correct_option', 'too_big'],
  [{ poll: { question: 'x', options: ['a', 'b'], explanation: 'x' } }, '/poll/explanation', 'fields_conflict'],
  [{ dice: '🎱' }, '/dice', 'wrong_value'],
  [{ text: 'x', spoiler: true }, '/spoiler', 'fields_conflict'],
  [{ dice: '🎲', link_preview: false }, '/link_preview', 'fields_conflict'],
  [{ dice: '🎲', edit: true }, '/edit', 'fields_conflict'],
  [{ voice: 'https://a.example', edit: true }, '/edit', 'fields_conflict'],
  [{ text: 'x', edit: true, remove_keyboard: true }, '/edit', 'fields_conflict'],
  [{ text: 'x', remove_keyboard: true, force_reply: true }, '/force_reply', 'fields_conflict'],
  [{ text: 'x', remove_keyboard: false }, '/remove_keyboard', 'wrong_value'],
  [{ text: 'x', typing: 21 }, '/typing', 'too_big'],
  [{ text: 'x', keyboard: { keys: [] } }, '/keyboard/keys', 'empty'],
  [
    { text: 'x', keyboard: { keys: [Array.from({ length: 13 }, () => ({ text: 'A' }))] } },
    '/keyboard/keys/0',
    'row_too_long',
  ],
  [
    { text: 'x', keyboard: { keys: Array.from({ length: 301 }, () => ({ text: 'A' })) } },
    '/keyboard/keys',
    'too_many_buttons',
  ],
  [
    { text: 'x', keyboard: { keys: [{ text: 'A', request_contact: true, request_location: true }] } },
    '/keyboard/keys/0',
    'button_ambiguous',
  ],
  [
    { text: 'x', keyboard: { keys: [{ text: 'A', web_app: 'http://a.example' }] } },
    '/keyboard/keys/0/web_app',
    'url_scheme',
  ],
  [{ text: 'x', buttons: [{ text: 'A' }] }, '/buttons/0', 'button_does_nothing'],
  [{ text: 'x', buttons: [{ text: 'A', next: 'nowhere' }] }, '/buttons/0/next', 'dangling_step'],
  [{ text: 'x', buttons: [{ text: 'A', web_app: 'tg://x' }] }, '/buttons/0/web_app', 'url_scheme'],
  [{ text: 'x', buttons: [{ text: 'A', copy_text: 'x'.repeat(257) }] }, '/buttons/0/copy_text', 'text_too_long'],
  [{ text: 'x', buttons: [{ text: 'A', copy_text: 'x', answer: 'y' }] }, '/buttons/0/answer', 'not_with_url'],
  [{ text: 'x', buttons: [{ text: 'A', answer: 'y', style: 'red' }] }, '/buttons/0/style', 'wrong_value'],
  [
    { text: 'x', buttons: [{ text: 'A', menu: { text: 'x', buttons: [] }, answer: 'y' }] },
    '/buttons/0/menu',
    'unknown_key',
  ],
])('%j is rejected', (step, path, code) => {
  expect(validateFlow({ steps: [{ ...media, ...step }] })).toMatchObject([{ path: `/steps/0${path}`, code }]);
});

const UPLOADS = [
  '00000000-0000-4000-8000-000000000001',
  '00000000-0000-4000-8000-000000000002',
  '00000000-0000-4000-8000-000000000003',
  '00000000-0000-4000-8000-000000000004',
] as const;
const [SMALL, LARGE, NONE, HUGE] = UPLOADS.map((id) => `upload:${id}`);
const uploads = new Map<string, number>([
  [UPLOADS[0], 5],
  [UPLOADS[1], 10 * 1024 * 1024 + 1],
  [UPLOADS[3], 45 * 1024 * 1024],
]);

test.each([
  [{ photo: SMALL }, []],
  [{ document: LARGE }, []],
  [{ photo: '{% if user.phone %}upload:x{% endif %}' }, []],
  [{ photo: NONE }, ['/steps/0/photo unknown_upload']],
  [{ photo: LARGE }, ['/steps/0/photo too_big']],
  [
    {
      album: [
        { type: 'photo', media: SMALL },
        { type: 'photo', media: LARGE },
        { type: 'video', media: NONE },
      ],
    },
    ['/steps/0/album/1/media too_big', '/steps/0/album/2/media unknown_upload'],
  ],
  [
    {
      album: [
        { type: 'video', media: HUGE },
        { type: 'video', media: HUGE },
      ],
    },
    [],
  ],
  [
    {
      album: [
        { type: 'video', media: HUGE },
        { type: 'video', media: LARGE },
      ],
    },
    ['/steps/0/album too_big'],
  ],
  [{ photo: 'upload:x' }, ['/steps/0/photo media_invalid']],
  [{ photo: `upload:${UPLOADS[0].toUpperCase()}x` }, ['/steps/0/photo media_invalid']],
])('uploads of the bot: %j', (step, problems) => {
  const found = validateFlow({ steps: [{ ...media, ...step }] }, { flows: [], uploads });
  expect(found.map(({ path, code }) => `${path} ${code}`)).toEqual(problems);
  // Without a list of uploads, they are not checked.
  if (!problems.some((problem) => problem.includes('media_invalid')))
    expect(validateFlow({ steps: [{ ...media, ...step }] })).toEqual([]);
});

test('markup that a value or a condition completes is valid', () => {
  for (const text of [
    '<b>{{ user.first_name }}</b>',
    '{% if user.phone %}<i>x</i>{% endif %}y',
    '<a href="{{ user.attributes.link }}">x</a>',
    `<b>${'x'.repeat(4096)}</b>`,
  ])
    expect(validateFlow({ steps: [{ ...media, text, parse_mode: 'HTML' }] }), text).toEqual([]);
});

test('a button of a message can lead back to it, because that requires a press', () => {
  expect(validateFlow({ steps: [{ ...message, buttons: [{ text: 'Again', next: 'a' }] }] })).toEqual([]);
  expect(validateFlow({ steps: [{ ...message, next: 'a' }] })).toMatchObject([{ code: 'endless_loop' }]);
});
