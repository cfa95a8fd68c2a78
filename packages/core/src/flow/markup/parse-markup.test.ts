import { describe, expect, test } from 'vitest';
import { MarkupError, type FormattedText } from './formatted-text.ts';
import { parseMarkup } from './parse-markup.ts';

const value = (text: string): string => `\0${text}\0`;
const bold = (offset: number, length: number): object => ({ type: 'bold', offset, length });

describe('HTML', () => {
  test.each<[string, FormattedText]>([
    ['plain &lt;&amp;&gt; &#128512;', { text: 'plain <&> 😀', entities: [] }],
    [
      '<b>bold <i>both</i></b>',
      {
        text: 'bold both',
        entities: [
          { type: 'bold', offset: 0, length: 9 },
          { type: 'italic', offset: 5, length: 4 },
        ],
      },
    ],
    [
      '<pre><code class="language-ts">x</code></pre>',
      { text: 'x', entities: [{ type: 'pre', offset: 0, length: 1, language: 'ts' }] },
    ],
    [
      '<a href="https://a.example/?x=1&amp;y=2">a</a>',
      { text: 'a', entities: [{ type: 'text_link', offset: 0, length: 1, url: 'https://a.example/?x=1&y=2' }] },
    ],
    [
      '<a href="tg://user?id=7">Ann</a>',
      {
        text: 'Ann',
        entities: [{ type: 'text_mention', offset: 0, length: 3, user: { id: 7, is_bot: false, first_name: '' } }],
      },
    ],
    [
      '<blockquote expandable>q</blockquote>',
      { text: 'q', entities: [{ type: 'expandable_blockquote', offset: 0, length: 1 }] },
    ],
    ['<span class="tg-spoiler">s</span><b></b>', { text: 's', entities: [{ type: 'spoiler', offset: 0, length: 1 }] }],
  ])('%s', (source, formatted) => {
    expect(parseMarkup(source, 'HTML')).toEqual(formatted);
  });

  test.each([
    '<b>',
    '</b>',
    '<b></i>',
    'a < b',
    '<x>y</x>',
    '<span>y</span>',
    '<b',
    '<a href=x>y</a>',
    '<tg-emoji emoji-id="x">y</tg-emoji>',
  ])('%s is refused', (source) => {
    expect(() => parseMarkup(source, 'HTML')).toThrow(MarkupError);
  });
});

describe('MarkdownV2', () => {
  test.each<[string, FormattedText]>([
    ['plain \\<\\&\\> 1\\.', { text: 'plain <&> 1.', entities: [] }],
    [
      '*bold _both_*',
      {
        text: 'bold both',
        entities: [
          { type: 'bold', offset: 0, length: 9 },
          { type: 'italic', offset: 5, length: 4 },
        ],
      },
    ],
    ['```ts\nx```', { text: 'x', entities: [{ type: 'pre', offset: 0, length: 1, language: 'ts' }] }],
    [
      '[a](https://a.example/\\))',
      { text: 'a', entities: [{ type: 'text_link', offset: 0, length: 1, url: 'https://a.example/)' }] },
    ],
    ['>one\n>two\nthree', { text: 'one\ntwo\nthree', entities: [{ type: 'blockquote', offset: 0, length: 7 }] }],
    [
      '__u__ ~s~ ||h|| `c`',
      {
        text: 'u s h c',
        entities: [
          { type: 'underline', offset: 0, length: 1 },
          { type: 'strikethrough', offset: 2, length: 1 },
          { type: 'spoiler', offset: 4, length: 1 },
          { type: 'code', offset: 6, length: 1 },
        ],
      },
    ],
  ])('%s', (source, formatted) => {
    expect(parseMarkup(source, 'MarkdownV2')).toEqual(formatted);
  });

  test.each(['*a', 'a.', 'a-b', '[a', '[a](b', '`a', '>*a\nb*', '![a](https://x.example)'])(
    '%s is refused',
    (source) => {
      expect(() => parseMarkup(source, 'MarkdownV2')).toThrow(MarkupError);
    },
  );
});

describe('values', () => {
  test.each(['<b', '&amp;', '_*[`](x)', '</b>', '\n>', '😀\\', ''])('T10 %j stands in the text as it is', (text) => {
    const around = { text: `a ${text}`, entities: [bold(0, 2 + text.length)] };
    expect(parseMarkup(`<b>a ${value(text)}</b>`, 'HTML')).toEqual(around);
    expect(parseMarkup(`*a ${value(text)}*`, 'MarkdownV2')).toEqual(around);
  });

  test('T10 in an address they are percent-encoded, but for one that the address begins with', () => {
    const link = (url: string): object => ({ entities: [{ url }] });
    expect(parseMarkup(`<a href="https://a.example/?q=${value('"x & <y>')}">a</a>`, 'HTML')).toMatchObject(
      link('https://a.example/?q=%22x%20%26%20%3Cy%3E'),
    );
    expect(parseMarkup(`[a](https://a.example/${value(')\\')})`, 'MarkdownV2')).toMatchObject(
      link('https://a.example/)%5C'),
    );
    expect(parseMarkup(`<a href="${value('https://b.example/?a&b')}">a</a>`, 'HTML')).toMatchObject(
      link('https://b.example/?a&b'),
    );
    expect(parseMarkup(`<a href="${value('javascript:alert(1)')}">a</a>`, 'HTML')).toEqual({ text: 'a', entities: [] });
  });

  test('T10 in code they stand as they are', () => {
    expect(parseMarkup(`<pre>${value('</pre>`')}</pre>`, 'HTML')).toEqual({
      text: '</pre>`',
      entities: [{ type: 'pre', offset: 0, length: 7 }],
    });
    expect(parseMarkup(`\`${value('a`b\\')}\``, 'MarkdownV2')).toEqual({
      text: 'a`b\\',
      entities: [{ type: 'code', offset: 0, length: 4 }],
    });
  });
});
