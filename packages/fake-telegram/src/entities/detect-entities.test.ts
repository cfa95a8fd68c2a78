import { expect, it } from 'vitest';
import { detectEntities } from './detect-entities.ts';
import { trimText } from './trim-text.ts';

it.each<[string, string[]]>([
  ['/start now', ['bot_command /start']],
  ['/cmd@demo_bot', ['bot_command /cmd@demo_bot']],
  ['a/b and 1/2', []],
  ['see https://a.example/x?y=1, or b.com.', ['url https://a.example/x?y=1', 'url b.com']],
  ['ask @ann_b or #help now', ['mention @ann_b', 'hashtag #help']],
  ['mail ann@mail.example', ['email ann@mail.example']],
])('detects the entities that Telegram detects in "%s"', (text, expected) => {
  const found = detectEntities(text, []).map(
    ({ type, offset, length }) => `${type} ${text.slice(offset, offset + length)}`,
  );
  expect(found).toEqual(expected);
});

it('detects nothing inside code and links', () => {
  const code = { type: 'code', offset: 0, length: 6 };
  expect(detectEntities('/start', [code])).toEqual([code]);
});

it('shifts entities when white space is trimmed', () => {
  expect(trimText('  hi there \n', [{ type: 'bold', offset: 5, length: 6 }])).toEqual({
    text: 'hi there',
    entities: [{ type: 'bold', offset: 3, length: 5 }],
  });
});
