import { expect, test } from 'vitest';
import { answerTo, askQuestion, rejectionOf, sends, shown } from '../fixtures/ask-question.ts';
import { text } from '../fixtures/dialogue.ts';

const file = { file_id: 'F', file_unique_id: 'U' };

test.each([
  [
    'location',
    sends('location', { location: { latitude: 52.5, longitude: 13.4 } }),
    { latitude: 52.5, longitude: 13.4 },
  ],
  ['location', sends('venue', { venue: {}, location: { latitude: 1, longitude: 2 } }), { latitude: 1, longitude: 2 }],
  [
    'contact',
    sends('contact', { contact: { phone_number: '+1', first_name: 'Bob', user_id: 8 } }),
    { phone_number: '+1', first_name: 'Bob', last_name: null, user_id: 8 },
  ],
  [
    'photo',
    sends(
      'photo',
      {
        photo: [
          { file_id: 's', file_unique_id: 's', width: 9, height: 9 },
          { ...file, width: 90, height: 90 },
        ],
      },
      'Me',
    ),
    { ...file, caption: 'Me' },
  ],
  ['video', sends('video', { video: file }), { ...file, caption: null }],
  ['voice', sends('voice', { voice: file }), { ...file, caption: null }],
  ['document', sends('document', { document: file }), { ...file, caption: null }],
  ['any', text('words'), { type: 'text', text: 'words', file_id: null }],
  ['any', sends('sticker', { sticker: file }), { type: 'sticker', text: null, file_id: 'F' }],
  [
    'any',
    sends('photo', { photo: [{ ...file, width: 1, height: 1 }] }, 'c'),
    { type: 'photo', text: 'c', file_id: 'F' },
  ],
])('%s', (input, event, value) => {
  expect(answerTo({ input }, event)).toEqual(value);
});

test.each([
  ['location', 'Please send a location.'],
  ['contact', 'Please share a contact.'],
  ['photo', 'Please send a photo.'],
  ['video', 'Please send a video.'],
  ['voice', 'Please send a voice message.'],
  ['document', 'Please send a file.'],
])('%s is not accepted as another input', (input, expected) => {
  for (const event of [
    text('here'),
    sends('dice', { dice: { value: 1 } }),
    sends(input, {}),
    sends(input, { [input]: 'nonsense' }),
  ]) {
    expect(rejectionOf({ input }, event)).toBe(expected);
  }
});

test('a file of another kind is rejected: an animation also contains a document', () => {
  expect(answerTo({ input: 'document' }, sends('animation', { animation: file, document: file }))).toBeUndefined();
  expect(answerTo({ input: 'photo' }, sends('document', { document: file }))).toBeUndefined();
});

test('a location has its key', () => {
  expect(shown(askQuestion({ input: 'location' }))).toEqual([['Share my location']]);
});
