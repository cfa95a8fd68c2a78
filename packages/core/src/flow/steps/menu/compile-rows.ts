import type { CompileContext } from '../../compile-context.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import type { ParseMode } from '../../markup/formatted-text.ts';
import { compileButton, type CompiledButton, type MenuButton } from './menu-button.ts';

/** A button with its position: its index within the step, its row, and its pointer. */
export interface PlacedButton {
  readonly source: MenuButton;
  readonly index: number;
  readonly row: number;
  readonly key: string;
}

/**
 * Compiles rows of buttons, and appends the buttons to `buttons`. A row is a single button or an array of buttons.
 *
 * @param key - pointer to the list within the step
 */
export function compileRows(
  elements: readonly (MenuButton | readonly MenuButton[])[],
  key: string,
  buttons: CompiledButton[],
  context: CompileContext,
  mode?: ParseMode,
): readonly PlacedButton[] {
  return elements.flatMap((element, row) => {
    const isRow = isList(element);
    const sources = isRow ? element : [element];
    if (sources.length > FLOW_LIMITS.buttonsInRow) {
      context.report(
        `${key}/${row}`,
        'row_too_long',
        `The row has ${sources.length} buttons; Telegram allows ${FLOW_LIMITS.buttonsInRow}`,
      );
    }
    return sources.map((source, place): PlacedButton => {
      const index = buttons.length;
      const at = isRow ? `${key}/${row}/${place}` : `${key}/${row}`;
      buttons.push(compileButton(source, index, at, context, mode));
      return { source, index, row, key: at };
    });
  });
}

/** Returns the indexes of the buttons, row by row. */
export function rowsOf(placed: readonly PlacedButton[]): readonly (readonly number[])[] {
  const rows = new Map<number, number[]>();
  for (const { row, index } of placed) rows.set(row, [...(rows.get(row) ?? []), index]);
  return [...rows.values()];
}

/** Array.isArray does not narrow a readonly array. */
function isList<Item>(element: Item | readonly Item[]): element is readonly Item[] {
  return Array.isArray(element);
}
