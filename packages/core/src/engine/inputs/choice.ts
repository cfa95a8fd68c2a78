import type { JsonObject } from '../../model/index.ts';
import { NO_ACTION, REJECTED, STALE, typedText, type InputBehavior } from './input-behavior.ts';
import { findOptionByLabel, optionRows, pageOf, resolveOptions, type Option } from './resolve-options.ts';

export const choiceBehavior: InputBehavior<'choice'> = {
  expects: () => 'Please choose one of the options.',
  read(input, event, run) {
    const typed = typedText(event);
    const option = typed === null ? undefined : findOptionByLabel(resolveOptions(input, run), typed);
    return option === undefined ? REJECTED : { value: option.value };
  },
  keyboard(input, run) {
    const options = resolveOptions(input, run);
    return input.keyboard === 'reply'
      ? { kind: 'reply', rows: keyRows(options, input.columns) }
      : { kind: 'inline', rows: optionRows(options, 0, input, ({ label }) => label) };
  },
  press(input, detail, run) {
    if (detail === 'x') return NO_ACTION;
    const options = resolveOptions(input, run);
    const page = pageOf(detail, options, input);
    if (page !== null) return { kind: 'show', rows: optionRows(options, page, input, ({ label }) => label) };
    const option = options.find((each) => each.detail === detail);
    return option === undefined ? STALE : { kind: 'answer', value: option.value, label: option.label };
  },
};

/** Maximum number of keys of a keyboard, with room for skip and cancel. */
const MAX_KEY_COUNT = 100;

function keyRows(options: readonly Option[], columns: number): JsonObject[][] {
  const rows: JsonObject[][] = [];
  for (let from = 0; from < Math.min(options.length, MAX_KEY_COUNT); from += columns) {
    rows.push(options.slice(from, Math.min(from + columns, MAX_KEY_COUNT)).map(({ label }) => ({ text: label })));
  }
  return rows;
}
