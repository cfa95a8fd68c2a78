import type { FormattedText, TextEntity } from './formatted-text.ts';
import { VALUE_MARK, type MarkedText } from './marked-text.ts';

/** Gathers text and entities while a source is read; takes the values in their order. */
export class TextBuilder {
  text = '';
  readonly #entities: TextEntity[] = [];
  readonly #values: readonly string[];
  #taken = 0;

  constructor({ values }: MarkedText) {
    this.#values = values;
  }

  /** Text, with what stands for values replaced by them. */
  add(fragment: string): void {
    this.text += this.expand(fragment);
  }

  /** A piece of the source that is no text (an address, an attribute), read in its turn. */
  expand(fragment: string, encode: (value: string, at: number) => string = (value) => value): string {
    if (!fragment.includes(VALUE_MARK)) return fragment;
    return fragment.replaceAll(VALUE_MARK, (_, at: number) => {
      this.#taken += 1;
      return encode(this.#values[this.#taken - 1] ?? '', at);
    });
  }

  /** An address: values in it are percent-encoded, but for one that it begins with. */
  expandUrl(fragment: string): string {
    return this.expand(fragment, (value, at) => (at === 0 ? value : encodeURIComponent(value.toWellFormed())));
  }

  /** Everything from `offset` on is formatted so; nothing, if there is nothing. */
  format(
    type: string,
    offset: number,
    more: Readonly<
      Record<string, string | { readonly id: number; readonly is_bot: false; readonly first_name: string }>
    > = {},
  ): void {
    const length = this.text.length - offset;
    if (length > 0) this.#entities.push({ type, offset, length, ...more });
  }

  /** A link: a mention of a person for `tg://user?id=…`; what is no address makes no link. */
  link(url: string, offset: number): void {
    const address = url.trim();
    const id = /^tg:\/\/user\?id=(\d{1,15})$/.exec(address)?.[1];
    if (id !== undefined)
      this.format('text_mention', offset, { user: { id: Number(id), is_bot: false, first_name: '' } });
    else if (/^(tg|ton|tonsite|https?):\/\/./i.test(address)) this.format('text_link', offset, { url: address });
    else if (/^[^\s:/?#]+\.[^\s:/?#]+/.test(address)) this.format('text_link', offset, { url: `http://${address}` });
  }

  /** `<pre><code class="language-x">` is one entity. */
  mergeIntoPre(offset: number): boolean {
    const at = this.#entities.findIndex(
      (entity) => entity.type === 'code' && entity.offset === offset && entity.length === this.text.length - offset,
    );
    const inner = this.#entities[at];
    if (inner === undefined) return false;
    this.#entities[at] = { ...inner, type: 'pre' };
    return true;
  }

  /** In the order in which Telegram lists them. Only `pre` keeps a language. */
  finish(): FormattedText {
    const entities = this.#entities.map(({ language, ...entity }): TextEntity =>
      entity.type === 'pre' && language !== undefined ? { ...entity, language } : entity,
    );
    return { text: this.text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) };
  }
}
