import type { JsonObject } from '../../model/index.ts';
import { NOTHING, REFUSED, STALE, typedText, type InputBehaviour } from './input-behaviour.ts';
import { optionNamed, optionRows, optionsOf, pageOf, type Option } from './options-of.ts';

export const choiceBehaviour: InputBehaviour<'choice'> = {
  expects: () => 'Please choose one of the options.',
  read(input, event, run) {
    const typed = typedText(event);
    const option = typed === null ? undefined : optionNamed(optionsOf(input, run), typed);
    return option === undefined ? REFUSED : { value: option.value };
  },
  keyboard(input, run) {
    const options = optionsOf(input, run);
    return input.keyboard === 'reply'
      ? { kind: 'reply', rows: keyRows(options, input.columns) }
      : { kind: 'inline', rows: optionRows(options, 0, input, ({ label }) => label) };
  },
  press(input, detail, run) {
    if (detail === 'x') return NOTHING;
    const options = optionsOf(input, run);
    const page = pageOf(detail, options, input);
    if (page !== null) return { kind: 'show', rows: optionRows(options, page, input, ({ label }) => label) };
    const option = options.find((each) => each.detail === detail);
    return option === undefined ? STALE : { kind: 'answer', value: option.value, label: option.label };
  },
};

/** Maximum number of keys of a keyboard, with room for skip and cancel. */
const MOST_KEYS = 100;

function keyRows(options: readonly Option[], columns: number): JsonObject[][] {
  const rows: JsonObject[][] = [];
  for (let from = 0; from < Math.min(options.length, MOST_KEYS); from += columns) {
    rows.push(options.slice(from, Math.min(from + columns, MOST_KEYS)).map(({ label }) => ({ text: label })));
  }
  return rows;
}
