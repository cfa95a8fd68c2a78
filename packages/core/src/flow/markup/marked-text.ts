/** Stands on both sides of a value in a rendered template; no text that Telegram knows has it. */
export const VALUE_MARK = '\u0000';

/** A source in which each value is one {@link VALUE_MARK}, and the values in order. */
export interface MarkedText {
  readonly source: string;
  readonly values: readonly string[];
}

/** Takes apart what a template with `escape: 'mark'` rendered to. */
export function readMarked(rendered: string): MarkedText {
  const pieces = rendered.split(VALUE_MARK);
  return {
    source: pieces.filter((_, index) => index % 2 === 0).join(VALUE_MARK),
    values: pieces.filter((_, index) => index % 2 === 1),
  };
}

/** A marked text as it reads without markup: what is sent where the markup cannot be read. */
export function withoutMarks(rendered: string): string {
  return rendered.replaceAll(VALUE_MARK, '');
}
