import { describe, expect, test } from 'vitest';
import { validateFlow } from '@botloom/core/flow';
import { parseEntities } from '@botloom/fake-telegram';
import { chooseSeed, createRandom, type Random } from '../journeys/prng.ts';
import { sayFormatted, type SentText } from './say-formatted.ts';

/** `BOTLOOM_TEST_RUNS=100000` for a long run; `BOTLOOM_TEST_SEED` to repeat one that failed. */
const RUNS = Number(process.env.BOTLOOM_TEST_RUNS ?? 1_000);
const seed = chooseSeed();

/** Spelling of a value at each place of a source, by the rules of the Bot API. The fake Telegram checks them. */
interface Place {
  readonly source: string;
  readonly escape: (value: string) => string;
}

const html = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const markdown = (value: string): string => value.replaceAll(/[_*[\]()~`>#+\-=|{}.!\\]/g, String.raw`\$&`);
const code = (value: string): string => value.replaceAll(/[`\\]/g, String.raw`\$&`);
const address = (value: string): string => encodeURIComponent(value.toWellFormed());

const PLACES: Readonly<Record<'HTML' | 'MarkdownV2', readonly Place[]>> = {
  HTML: [
    { source: '{{ v }}', escape: html },
    { source: '<b>x {{ v }} <i>{{ v }}</i></b>', escape: html },
    { source: '<code>{{ v }}</code>', escape: html },
    { source: '<pre><code class="language-ts">{{ v }}</code></pre>', escape: html },
    { source: '<blockquote>{{ v }}</blockquote>', escape: html },
    { source: '<tg-spoiler>{{ v }}</tg-spoiler>', escape: html },
    { source: '<a href="https://example.com/?q={{ v }}">link</a>', escape: address },
    {
      source: "<a href='https://example.com/{{ v }}'>link</a>",
      escape: (value) => address(value).replaceAll("'", '&#39;'),
    },
  ],
  MarkdownV2: [
    { source: '{{ v }}', escape: markdown },
    { source: '*x {{ v }} _{{ v }}_*', escape: markdown },
    { source: '`{{ v }}`', escape: code },
    { source: '```ts\n{{ v }}```', escape: code },
    { source: '||{{ v }}||', escape: markdown },
    { source: '__{{ v }}__ ~{{ v }}~', escape: markdown },
    {
      source: '[link](https://example.com/?q={{ v }})',
      escape: (value) => address(value).replaceAll(/[)\\]/g, String.raw`\$&`),
    },
  ],
};

const MODES = ['HTML', 'MarkdownV2'] as const;

describe(`formatting, checked by the fake Telegram (seed ${seed})`, { timeout: 600_000 }, () => {
  test.each(MODES)('every value appears unchanged at every place of %s', (mode) => {
    const random = createRandom(seed);
    for (let run = 0; run < RUNS; run += 1) {
      const value = someValue(random);
      const { source, escape } = pick(PLACES[mode], random);
      const sent = sayFormatted(`a ${source} b`.replace('a ```', '```'), mode, value);
      const judged = parseEntities(
        `a ${source} b`.replace('a ```', '```').replaceAll('{{ v }}', () => escape(value)),
        mode,
      );
      expect({ value, ...comparable(joined(sent)) }).toEqual({ value, ...comparable(judged) });
    }
  });

  test.each(MODES)('every %s source that is valid when a flow is saved is parsed as Telegram parses it', (mode) => {
    const random = createRandom(seed);
    let taken = 0;
    for (let run = 0; run < RUNS * 3; run += 1) {
      const source = `x${someSource(mode, random)}`;
      if (validateFlow({ steps: [{ id: 'm', type: 'message', text: source, parse_mode: mode }] }).length > 0) continue;
      taken += 1;
      expect({ source, ...comparable(joined(sayFormatted(source, mode, ''))) }).toEqual({
        source,
        ...comparable(parseEntities(source, mode)),
      });
    }
    // Most generated sources are invalid; enough of them must be valid.
    expect(taken).toBeGreaterThan(RUNS / 20);
  });

  test.each(MODES)('a text of %s that is split into parts loses neither text nor formatting', (mode) => {
    const random = createRandom(seed);
    for (let run = 0; run < RUNS / 100; run += 1) {
      const value = Array.from({ length: 400 + Math.floor(random() * 1500) }, () =>
        pick(['word ', '👩‍👩‍👧 ', 'é', '\n', '<b>', '_*'], random),
      ).join('');
      const { source, escape } = pick(PLACES[mode].slice(0, 2), random);
      const sent = sayFormatted(`a ${source} b`, mode, value);
      for (const { text } of sent) {
        expect(text.length).toBeLessThanOrEqual(4096);
        expect(text.isWellFormed()).toBe(true);
      }
      const judged = parseEntities(
        `a ${source} b`.replaceAll('{{ v }}', () => escape(value)),
        mode,
      );
      expect(formatted(joined(sent))).toEqual(formatted(judged));
    }
  });
});

/** Joins the parts again. */
function joined(parts: readonly SentText[]): SentText {
  let text = '';
  const entities = parts.flatMap((part) => {
    const moved = part.entities.map((entity) => ({ ...entity, offset: entity.offset + text.length }));
    text += part.text;
    return moved;
  });
  return { text, entities };
}

/** Sorted; URLs as a browser writes them. */
function comparable({ text, entities }: SentText): SentText {
  const normal = entities.map((entity) =>
    'url' in entity ? { ...entity, url: new URL(String(entity.url)).href } : entity,
  );
  return {
    text,
    entities: normal.sort((a, b) => a.offset - b.offset || b.length - a.length || a.type.localeCompare(b.type)),
  };
}

/** The formats of each unit of the text, independent of where the text was split. */
function formatted({ text, entities }: SentText): readonly string[] {
  const types = Array.from({ length: text.length }, () => new Set<string>());
  for (const { type, offset, length } of entities)
    for (let at = offset; at < offset + length; at += 1) types[at]?.add(type);
  return types.map((set, at) => `${text.charAt(at)} ${[...set].sort().join(' ')}`);
}

const VALUE_PIECES = [
  '<',
  '>',
  '&',
  '&amp;',
  '&#60;',
  '"',
  "'",
  '</b>',
  '<b',
  '_',
  '__',
  '*',
  '`',
  '```',
  '~',
  '|',
  '||',
  '[',
  ']',
  '(',
  ')',
  '\\',
  '.',
  '!',
  '-',
  '#',
  '{',
  '}',
  '{{ v }}',
  '{%',
  '\n',
  '\n>',
  ' ',
  'a',
  'é',
  '👍🏽',
  '\u200f',
  '\uD83D',
  '%',
  '/',
];

/** Never empty: `_` and `_` with nothing between them are not italics for the fake, which sees only a source. */
function someValue(random: Random): string {
  return Array.from({ length: 1 + Math.floor(random() * 8) }, () => pick(VALUE_PIECES, random)).join('');
}

const SOURCE_PIECES = {
  HTML: [
    'a',
    ' ',
    '\n',
    '<b>',
    '</b>',
    '<i>',
    '</i>',
    '<code>',
    '</code>',
    '<pre>',
    '</pre>',
    '<u>x</u>',
    '<s>y</s>',
    '<a href="https://example.com/">',
    '</a>',
    '&lt;',
    '&amp;',
    '&',
    '&#65;',
    '>',
    '<blockquote>q</blockquote>',
    '<span class="tg-spoiler">z</span>',
    '<B>w</B>',
    '<code class="language-js">c</code>',
  ],
  MarkdownV2: [
    'a',
    ' ',
    '\n',
    '*',
    '_',
    '__',
    '~',
    '||',
    '`',
    '```',
    '\\.',
    '\\\\',
    '[x](https://example.com/)',
    '*b*',
    '_i_',
    '\n>q\n',
    '\n>q||\n',
    '`c`',
    '```js\nx```',
    '![e](tg://emoji?id=5)',
    '👍🏽',
    '"',
    '<',
    ':',
  ],
} as const;

function someSource(mode: 'HTML' | 'MarkdownV2', random: Random): string {
  const pieces = Array.from({ length: 1 + Math.floor(random() * 5) }, () => pick<string>(SOURCE_PIECES[mode], random));
  return pieces.join('');
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('There is nothing to pick from.');
  return item;
}
