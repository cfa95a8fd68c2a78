import { describe, expect, it } from 'vitest';
import { parseEntities } from './parse-entities.ts';

/** Formats entities in a short form: `bold 0+2`. */
function shown(source: string, mode: string): [string, ...string[]] {
  const { text, entities } = parseEntities(source, mode);
  return [text, ...entities.map((entity) => `${entity.type} ${entity.offset}+${entity.length}`)];
}

describe('HTML', () => {
  it.each<[string, string[]]>([
    ['plain', ['plain']],
    ['<b>bold</b> <i>italic</i>', ['bold italic', 'bold 0+4', 'italic 5+6']],
    ['<b>out <i>in</i></b>', ['out in', 'bold 0+6', 'italic 4+2']],
    ['<STRONG>x</strong>', ['x', 'bold 0+1']],
    ['<b></b>nothing', ['nothing']],
    ['1 &lt; 2 &amp;&amp; &#9731; &#x1F600; &nbsp; & co', ['1 < 2 && ☃ 😀 &nbsp; & co']],
    ['😀<b>x</b>', ['😀x', 'bold 2+1']],
    ['<a href="https://a.example/?q=1&amp;r=2">x</a>', ['x', 'text_link 0+1']],
    ['<a href="tg://user?id=42">x</a>', ['x', 'text_mention 0+1']],
    ['<a href="javascript:alert(1)">x</a>', ['x']],
    ['<span class="tg-spoiler">x</span><tg-spoiler>y</tg-spoiler>', ['xy', 'spoiler 0+1', 'spoiler 1+1']],
    ['<blockquote expandable>x</blockquote>', ['x', 'expandable_blockquote 0+1']],
    ['<pre><code class="language-js">x</code></pre>', ['x', 'pre 0+1']],
    ['<code class="language-js">x</code>', ['x', 'code 0+1']],
    ["<tg-emoji emoji-id='5'>👍</tg-emoji>", ['👍', 'custom_emoji 0+2']],
  ])('%s', (source, expected) => expect(shown(source, 'HTML')).toEqual(expected));

  it('keeps the language of a pre element', () => {
    expect(parseEntities('<pre><code class="language-js">x</code></pre>', 'html').entities).toEqual([
      { type: 'pre', offset: 0, length: 1, language: 'js' },
    ]);
  });

  it.each([
    ['<b>x', `Can't find end tag corresponding to start tag "b"`],
    ['é</b>', 'Unexpected end tag at byte offset 2'],
    ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['😀<div>x</div>', 'Unsupported start tag "div" at byte offset 4'],
    ['a <b', 'Unclosed start tag at byte offset 2'],
    ['<a href>x</a>', 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<b>x</b', 'Unclosed end tag at byte offset 4'],
  ])('rejects %s', (source, reason) => {
    expect(() => parseEntities(source, 'HTML')).toThrow(`can't parse entities: ${reason}`);
  });
});

describe('MarkdownV2', () => {
  it.each<[string, string[]]>([
    [
      '*b* _i_ __u__ ~s~ ||x||',
      ['b i u s x', 'bold 0+1', 'italic 2+1', 'underline 4+1', 'strikethrough 6+1', 'spoiler 8+1'],
    ],
    ['*a _b_*', ['a b', 'bold 0+3', 'italic 2+1']],
    ['1\\. done\\!', ['1. done!']],
    ['`a.b` ```js\nx = 1;\n```', ['a.b x = 1;\n', 'code 0+3', 'pre 4+7']],
    ['[a](https://x.example/\\))', ['a', 'text_link 0+1']],
    ['![👍](tg://emoji?id=5)', ['👍', 'custom_emoji 0+2']],
    ['>quoted\n>more\nafter', ['quoted\nmore\nafter', 'blockquote 0+11']],
    ['>folded||', ['folded', 'expandable_blockquote 0+6']],
    ['before\n>quoted', ['before\nquoted', 'blockquote 7+6']],
    ['___i u_**__', ['i u', 'italic 0+3', 'underline 0+3']],
  ])('%s', (source, expected) => expect(shown(source, 'MarkdownV2')).toEqual(expected));

  it.each([
    ['Hi.', `Character '.' is reserved and must be escaped with the preceding '\\'`],
    ['a-b', `Character '-' is reserved and must be escaped with the preceding '\\'`],
    ['é *bold', "Can't find end of Bold entity at byte offset 3"],
    ['_x', "Can't find end of Italic entity at byte offset 0"],
    ['[x](http://a', "Can't find end of a URL at byte offset 4"],
    ['![x](http://a.example)', 'Invalid custom emoji URL specified'],
    ['>*x\ny*', "Can't find end of Bold entity at byte offset 1"],
  ])('rejects %s', (source, reason) => {
    expect(() => parseEntities(source, 'MarkdownV2')).toThrow(`can't parse entities: ${reason}`);
  });
});

describe('Markdown', () => {
  it.each<[string, string[]]>([
    ['*b* _i_ `c` [l](http://a.example)', ['b i c l', 'bold 0+1', 'italic 2+1', 'code 4+1', 'text_link 6+1']],
    ['```py\nx```', ['x', 'pre 0+1']],
    ['snake\\_case. fine!', ['snake_case. fine!']],
    ['[no link]', ['no link']],
  ])('%s', (source, expected) => expect(shown(source, 'Markdown')).toEqual(expected));

  it('rejects formatting that is not closed', () => {
    expect(() => parseEntities('a *b', 'Markdown')).toThrow("Can't find end of the entity starting at byte offset 2");
  });
});

it('rejects any other mode', () => {
  expect(() => parseEntities('x', 'BBCode')).toThrow('unsupported parse_mode');
});
