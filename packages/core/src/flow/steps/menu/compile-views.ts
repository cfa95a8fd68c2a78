import type { CompileContext } from '../../compile-context.ts';
import { compileText, type CompiledText } from '../../markup/compile-text.ts';
import type { Template } from '../../template/template.ts';
import { compileRows, rowsOf } from './compile-rows.ts';
import type { CompiledButton, Submenu } from './menu-button.ts';
import type { MenuSource } from './menu-source.ts';

/** A view: the part of a menu that is shown at a time. */
export interface MenuView {
  readonly text: CompiledText;
  /** Indexes into the menu's buttons, row by row. */
  readonly rows: readonly (readonly number[])[];
  /** Rows of buttons that lead to other views: page by page, and back. */
  readonly navigation: readonly (readonly { readonly text: Template; readonly view: number }[])[];
}

const BACK = '‹ Back';

/**
 * Compiles a menu to its views. The buttons of the menu itself are counted first, then those of each submenu. Generated
 * callback data uses these numbers, so it does not change when a submenu is added.
 */
export function compileViews(
  source: MenuSource,
  text: CompiledText,
  context: CompileContext,
): { readonly views: readonly MenuView[]; readonly buttons: readonly CompiledButton[] } {
  const views: MenuView[] = [];
  const buttons: CompiledButton[] = [];
  addLevel({ ...source, text }, '', null);
  return { views, buttons };

  /** Adds the views of a level and then those of its submenus. */
  function addLevel(
    level: { readonly text: CompiledText; readonly buttons: Submenu['buttons']; readonly back?: string | undefined },
    key: string,
    parent: number | null,
  ): void {
    const placed = compileRows(level.buttons, `${key}/buttons`, buttons, context, source.parse_mode);
    const first = views.length;
    const pages = pagesOf(rowsOf(placed), source.rows_per_page);
    const back = parent === null ? null : { text: context.template(level.back ?? BACK, `${key}/back`), view: parent };
    for (const [page, rows] of pages.entries()) {
      const turns = [
        ...(page > 0 ? [{ text: context.template('‹', key), view: first + page - 1 }] : []),
        ...(page < pages.length - 1 ? [{ text: context.template('›', key), view: first + page + 1 }] : []),
      ];
      views.push({
        text: level.text,
        rows,
        navigation: [...(turns.length > 0 ? [turns] : []), ...(back === null ? [] : [[back]])],
      });
    }
    for (const {
      source: { menu },
      index,
      key: at,
    } of placed) {
      const button = buttons[index];
      if (menu === undefined || button?.kind !== 'press') continue;
      buttons[index] = { ...button, target: { kind: 'view', view: views.length } };
      const home = first + pages.findIndex((rows) => rows.some((row) => row.includes(index)));
      addLevel(
        { ...menu, text: compileText(menu.text, `${at}/menu/text`, source.parse_mode, context) },
        `${at}/menu`,
        home,
      );
    }
  }
}

function pagesOf(rows: MenuView['rows'], size: number | undefined): readonly MenuView['rows'][] {
  if (size === undefined || rows.length <= size) return [rows];
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, page) => rows.slice(page * size, (page + 1) * size));
}
