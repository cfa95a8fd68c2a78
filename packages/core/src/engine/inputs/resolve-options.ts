import { isList, lookUp, type CompiledOptions } from '../../flow/index.ts';
import type { JsonValue } from '../../model/index.ts';
import type { Run } from '../run/run.ts';
import { EMPTY_LABEL_TEXT } from '../texts.ts';
import { scopeFor } from '../values/render.ts';
import type { InputButton } from './input-behavior.ts';
import { normalizeLabel } from './is-same-label.ts';
import { labelOf } from './label-of.ts';

/** A rendered option. */
export interface Option {
  readonly label: string;
  readonly value: string | number | boolean;
  /** Identifies it among the buttons. */
  readonly detail: string;
}

/** Maximum number of options of a question; further items of a variable are left out. */
const MAX_OPTION_COUNT = 500;

/**
 * Returns the options of a question.
 *
 * @throws Error - when there are none: the question could never be answered
 */
export function resolveOptions({ options }: CompiledOptions, run: Run): readonly Option[] {
  const list: readonly Option[] =
    options.kind === 'list'
      ? options.list.map(({ label, value }, index) => {
          const text = labelOf(label, run);
          return { label: text, value: isScalar(value) ? value : text, detail: `o${index.toString(36)}` };
        })
      : fromVariable(lookUp(options.path, scopeFor(run)));
  if (list.length === 0) throw new Error('the question has no options');
  return list;
}

/** Returns the option with the typed label, whatever its case. */
export function findOptionByLabel(options: readonly Option[], typed: string): Option | undefined {
  const wanted = normalizeLabel(typed);
  return options.find(({ label }) => normalizeLabel(label) === wanted);
}

/** Returns a page of options as rows of buttons, with buttons to the previous and next page if there are any. */
export function optionRows(
  options: readonly Option[],
  page: number,
  { columns, page_size }: CompiledOptions,
  show: (option: Option) => string,
): InputButton[][] {
  const pages = Math.ceil(options.length / page_size);
  const shown = options
    .slice(page * page_size, (page + 1) * page_size)
    .map((option) => ({ text: show(option), detail: option.detail }));
  const rows: InputButton[][] = [];
  for (let from = 0; from < shown.length; from += columns) rows.push(shown.slice(from, from + columns));
  if (pages > 1) {
    rows.push([
      ...(page > 0 ? [{ text: '‹', detail: `p${page - 1}` }] : []),
      { text: `${page + 1}/${pages}`, detail: 'x' },
      ...(page + 1 < pages ? [{ text: '›', detail: `p${page + 1}` }] : []),
    ]);
  }
  return rows;
}

/** Returns the page that a button leads to; null if it is not such a button. */
export function pageOf(detail: string, options: readonly Option[], { page_size }: CompiledOptions): number | null {
  const page = /^p\d{1,3}$/.test(detail) ? Number(detail.slice(1)) : -1;
  return page >= 0 && page < Math.ceil(options.length / page_size) ? page : null;
}

function fromVariable(value: JsonValue | undefined): Option[] {
  const items = isList(value) ? value.slice(0, MAX_OPTION_COUNT) : [];
  return items.flatMap((item, index): Option[] => {
    const { label, value: chosen } =
      typeof item === 'object' && item !== null && !Array.isArray(item)
        ? (item as { label?: JsonValue; value?: JsonValue })
        : { label: item, value: item };
    const optionValue = isScalar(chosen) ? chosen : label;
    if (!isScalar(label) || !isScalar(optionValue)) return [];
    const text = String(label);
    // The list may have changed when a button of an old message is pressed: the button identifies its value.
    return [
      {
        label: text.trim() === '' ? EMPTY_LABEL_TEXT : text,
        value: optionValue,
        detail: `v${index.toString(36)}-${fingerprint(JSON.stringify(optionValue))}`,
      },
    ];
  });
}

function isScalar(value: JsonValue | undefined): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** FNV-1a with 32 bits: enough to tell an old button from a new one. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36);
}
