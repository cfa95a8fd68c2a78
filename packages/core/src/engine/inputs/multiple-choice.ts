import { isList, type CompiledInputMap } from '../../flow/index.ts';
import type { JsonObject } from '../../model/index.ts';
import type { Run } from '../run/run.ts';
import {
  NO_ACTION,
  REJECTED,
  STALE,
  typedText,
  type InputBehavior,
  type InputButton,
  type InputPress,
} from './input-behavior.ts';
import { isSameLabel } from './is-same-label.ts';
import { labelOf } from './label-of.ts';
import { findOptionByLabel, optionRows, pageOf, resolveOptions, type Option } from './resolve-options.ts';

type Input = CompiledInputMap['multiple_choice'];

/**
 * Toggle buttons that are marked in place, and a button that completes the answer. Typed: labels separated by commas or
 * lines, or the label of that button.
 */
export const multipleChoiceBehavior: InputBehavior<'multiple_choice'> = {
  expects: (input) => `Please choose ${describeCount(input)} of the options, then press the button to finish.`,
  read(input, event, run) {
    const typed = typedText(event);
    if (typed === null) return REJECTED;
    const options = resolveOptions(input, run);
    const marked = selectedDetails(run);
    const chosen = isSameLabel(typed, labelOf(input.done, run))
      ? options.filter(({ detail }) => marked.includes(detail))
      : parseSelection(options, typed);
    if (chosen === null) return REJECTED;
    return isCountAllowed(input, chosen.length)
      ? { value: chosen.map(({ value }) => value) }
      : { refused: wrongCountMessage(input) };
  },
  keyboard(input, run) {
    return { kind: 'inline', rows: rowsOf(input, resolveOptions(input, run), 0, selectedDetails(run), run) };
  },
  press(input, detail, run) {
    if (detail === 'x') return NO_ACTION;
    const options = resolveOptions(input, run);
    const marked = selectedDetails(run);
    if (detail === 'done')
      return finishSelection(
        input,
        options.filter((option) => marked.includes(option.detail)),
      );
    const page = pageOf(detail, options, input);
    if (page !== null) return { kind: 'show', rows: rowsOf(input, options, page, marked, run) };
    if (!options.some((option) => option.detail === detail)) return STALE;
    const toggled = marked.includes(detail) ? marked.filter((each) => each !== detail) : [...marked, detail];
    if (input.max !== null && toggled.length > input.max) return { kind: 'notice', text: wrongCountMessage(input) };
    const at = Math.floor(options.findIndex((option) => option.detail === detail) / input.page_size);
    return {
      kind: 'show',
      rows: rowsOf(input, options, at, toggled, run),
      step_state: { ...run.step_state, marked: toggled },
    };
  },
};

function finishSelection(input: Input, chosen: readonly Option[]): InputPress {
  if (!isCountAllowed(input, chosen.length)) return { kind: 'notice', text: wrongCountMessage(input) };
  return {
    kind: 'answer',
    value: chosen.map(({ value }) => value),
    label: chosen.map(({ label }) => label).join(', '),
  };
}

function rowsOf(
  input: Input,
  options: readonly Option[],
  page: number,
  marked: readonly string[],
  run: Run,
): InputButton[][] {
  const rows = optionRows(
    options,
    page,
    input,
    ({ label, detail }) => `${marked.includes(detail) ? '✅' : '▫️'} ${label}`,
  );
  return [...rows, [{ text: labelOf(input.done, run), detail: 'done' }]];
}

/** Details of the marked options. */
function selectedDetails({ step_state }: { readonly step_state: JsonObject }): readonly string[] {
  const { marked } = step_state;
  return isList(marked) ? marked.filter((each) => typeof each === 'string') : [];
}

function parseSelection(options: readonly Option[], typed: string): Option[] | null {
  const whole = findOptionByLabel(options, typed);
  if (whole !== undefined) return [whole];
  const found = typed
    .split(/[,;\n،、]/)
    .flatMap((part) => (part.trim() === '' ? [] : [findOptionByLabel(options, part)]));
  const chosen = found.filter((option) => option !== undefined);
  return chosen.length === found.length && chosen.length > 0 ? [...new Set(chosen)] : null;
}

function isCountAllowed({ min, max }: Input, count: number): boolean {
  return count >= min && (max === null || count <= max);
}

function wrongCountMessage(input: Input): string {
  return `Please choose ${describeCount(input)}.`;
}

function describeCount({ min, max }: Input): string {
  if (max === null) return min === 0 ? 'any' : `at least ${min}`;
  if (min === max) return `exactly ${min}`;
  return min === 0 ? `at most ${max}` : `${min} to ${max}`;
}
