import { MarkupError, type FormattedText } from './formatted-text.ts';
import type { MarkedText } from './marked-text.ts';
import { TextBuilder } from './text-builder.ts';

type SpanType =
  'bold' | 'italic' | 'underline' | 'strikethrough' | 'spoiler' | 'code' | 'pre' | 'link' | 'emoji' | 'quote';

interface Span {
  readonly type: SpanType;
  /** In the text, where it begins. */
  readonly offset: number;
  /** In the source. */
  readonly index: number;
  readonly language: string;
}

const RESERVED = '_*[]()~`>#+-=|{}.!';

/** What begins each kind of span, the longer marks first, and what ends it. */
const MARKS: readonly { readonly type: Exclude<SpanType, 'quote'>; readonly begins: string; readonly ends: string }[] =
  [
    { type: 'pre', begins: '```', ends: '```' },
    { type: 'underline', begins: '__', ends: '__' },
    { type: 'spoiler', begins: '||', ends: '||' },
    { type: 'emoji', begins: '![', ends: ']' },
    { type: 'italic', begins: '_', ends: '_' },
    { type: 'bold', begins: '*', ends: '*' },
    { type: 'strikethrough', begins: '~', ends: '~' },
    { type: 'code', begins: '`', ends: '`' },
    { type: 'link', begins: '[', ends: ']' },
  ];

/** Reads MarkdownV2, in which every reserved character is either formatting or escaped. Throws MarkupError. */
export function parseMarkdownV2(marked: MarkedText): FormattedText {
  const reader = new Reader(marked);
  return reader.read();
}

class Reader {
  readonly #source: string;
  readonly #builder: TextBuilder;
  readonly #open: Span[] = [];
  #index = 0;

  constructor(marked: MarkedText) {
    this.#source = marked.source;
    this.#builder = new TextBuilder(marked);
  }

  read(): FormattedText {
    while (this.#index < this.#source.length) this.#next();
    if (this.#open.at(-1)?.type === 'quote') this.#endQuote();
    const unclosed = this.#open.at(-1);
    if (unclosed !== undefined) throw new MarkupError(`The ${unclosed.type} is not closed`, unclosed.index);
    return this.#builder.finish();
  }

  #next(): void {
    const source = this.#source;
    const character = source.charAt(this.#index);
    const escaped = source.charCodeAt(this.#index + 1);
    const inner = this.#open.at(-1);
    if (character === '\\' && escaped > 0 && escaped <= 126) this.#take(source.charAt(this.#index + 1), 2);
    else if (inner?.type === 'code' || inner?.type === 'pre') this.#inCode(character, inner);
    else if (character === '\n') this.#lineEnd();
    else if (!RESERVED.includes(character)) this.#take(character, 1);
    else if (inner !== undefined && this.#isEnd(inner)) this.#end(inner);
    else this.#begin(character);
  }

  #take(text: string, length: number): void {
    this.#builder.add(text);
    this.#index += length;
  }

  #inCode(character: string, inner: Span): void {
    if (character !== '`') this.#take(character, 1);
    else if (this.#isEnd(inner)) this.#end(inner);
    else throw new MarkupError('"`" must be written "\\`"', this.#index);
  }

  /** `__` is always underline, never the ends of two italics. */
  #isEnd({ type }: Span): boolean {
    if (type === 'quote' || (type === 'italic' && this.#source.startsWith('__', this.#index))) return false;
    const ends = MARKS.find((mark) => mark.type === type)?.ends ?? '';
    return this.#source.startsWith(ends, this.#index);
  }

  /** A line end ends a quotation unless the next line goes on with `>`. */
  #lineEnd(): void {
    const goesOn = this.#source[this.#index + 1] === '>';
    const isQuoted = this.#open.some(({ type }) => type === 'quote');
    const inner = this.#open.at(-1);
    if (isQuoted && !goesOn) {
      if (inner?.type !== 'quote')
        throw new MarkupError(
          `The ${inner?.type ?? 'quote'} is not closed within its quotation`,
          inner?.index ?? this.#index,
        );
      this.#endQuote();
    }
    this.#take('\n', goesOn ? 2 : 1);
    if (goesOn && !isQuoted) this.#push('quote', this.#index - 1);
  }

  #begin(character: string): void {
    const mark = MARKS.find(({ begins }) => this.#source.startsWith(begins, this.#index));
    const start = this.#index;
    if (this.#foldsQuote()) this.#index += 2;
    else if (mark !== undefined) {
      this.#index += mark.begins.length;
      this.#push(mark.type, start, mark.type === 'pre' ? this.#language() : '');
    } else if (character === '>' && start === 0) {
      this.#index += 1;
      this.#push('quote', start);
    } else throw new MarkupError(`"${character}" must be written "\\${character}"`, start);
  }

  /** `||` at the very end of a quotation folds it. */
  #foldsQuote(): boolean {
    return (
      this.#open.at(-1)?.type === 'quote' && /^\|\|(?:$|\n(?!>))/.test(this.#source.slice(this.#index, this.#index + 4))
    );
  }

  #push(type: SpanType, index: number, language = ''): void {
    this.#open.push({ type, offset: this.#builder.text.length, index, language });
  }

  /** A word after the opening fence that its line consists of; the line's end is no part of the text. */
  #language(): string {
    const [all = '', word = '', lineEnd] = /^([^\s`]*)(\r\n|\n\r|\n|\r)?/.exec(this.#source.slice(this.#index)) ?? [];
    if (word !== '' && lineEnd === undefined && this.#source[this.#index + word.length] !== ' ') return '';
    this.#index += all.length;
    return this.#builder.expand(word);
  }

  #end(span: Span): void {
    const { type, offset, language } = span;
    this.#open.pop();
    this.#index += MARKS.find((mark) => mark.type === type)?.ends.length ?? 0;
    if (type === 'link') this.#builder.link(this.#address() ?? this.#builder.text.slice(offset), offset);
    else if (type === 'emoji') this.#emoji(span);
    else this.#builder.format(type, offset, language === '' ? {} : { language });
  }

  #emoji({ offset, index }: Span): void {
    const id = /^tg:\/\/emoji\?id=([1-9]\d*)$/.exec(this.#address() ?? '')?.[1];
    if (id === undefined) throw new MarkupError('A custom emoji needs a tg://emoji?id= address', index);
    this.#builder.format('custom_emoji', offset, { custom_emoji_id: id });
  }

  /** `(…)`, in which `)` and `\` are escaped; undefined where there is none. */
  #address(): string | undefined {
    if (this.#source[this.#index] !== '(') return undefined;
    const start = this.#index + 1;
    const found = /^(?:\\[\s\S]|[^\\)])*(?=\))/.exec(this.#source.slice(start));
    if (found === null) throw new MarkupError('The address of a link is not closed', start);
    this.#index = start + found[0].length + 1;
    return this.#builder.expandUrl(found[0].replaceAll(/\\([\s\S])/g, '$1'));
  }

  #endQuote(): void {
    const quote = this.#open.pop();
    if (quote === undefined) return;
    const isFolded = this.#source.slice(0, this.#index).endsWith('||');
    this.#builder.format(isFolded ? 'expandable_blockquote' : 'blockquote', quote.offset);
  }
}
