import type { JsonObject } from '../../model/index.ts';

/** A text and its formatting, as Telegram's `text` and `entities` have them: offsets count UTF-16 units. */
export interface FormattedText {
  readonly text: string;
  readonly entities: readonly TextEntity[];
}

/** A `MessageEntity` of Telegram. */
export type TextEntity = JsonObject & { readonly type: string; readonly offset: number; readonly length: number };

export type ParseMode = 'HTML' | 'MarkdownV2';

/** The source is no valid markup. */
export class MarkupError extends Error {
  /** Where in the source, values counted as one character each. */
  readonly index: number;

  constructor(message: string, index: number) {
    super(message);
    this.name = 'MarkupError';
    this.index = index;
  }
}
