import type { CompileContext } from '../../compile-context.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import { compileText, type CompiledText } from '../../markup/compile-text.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';
import { compileViews, type MenuView } from './compile-views.ts';
import type { CompiledButton } from './menu-button.ts';
import { menuSchema, type MenuSource } from './menu-source.ts';

export interface CompiledMenu extends CompiledBase<'menu'> {
  /** Text of the menu itself. For its parts see `views`. */
  readonly text: CompiledText;
  readonly keyboard: 'inline' | 'reply';
  /** The first page of the menu itself, its other pages, and the pages of its submenus. */
  readonly views: readonly MenuView[];
  readonly buttons: readonly CompiledButton[];
  readonly edit: boolean;
}

export const menuStep = {
  type: 'menu',
  summary: 'Shows buttons. Does not wait for text.',
  schema: menuSchema,
  compile(source, context): CompiledMenu {
    context.markWaiting();
    const text = compileText(source.text, '/text', source.parse_mode, context);
    const { views, buttons } = compileViews(source, text, context);
    const keyboard = source.keyboard ?? 'inline';
    if (keyboard === 'reply') checkReply(source, buttons, context);
    for (const [index, { rows }] of views.entries()) {
      const count = rows.reduce((sum, each) => sum + each.length, 0);
      if (count > FLOW_LIMITS.buttons)
        context.report(
          '/buttons',
          'too_many_buttons',
          `${index === 0 ? 'The menu' : 'A submenu'} has ${count} buttons; Telegram allows ${FLOW_LIMITS.buttons}`,
          'Set "rows_per_page" to show them on several pages.',
        );
    }
    return {
      kind: 'menu',
      id: source.id,
      index: context.index,
      text,
      keyboard,
      views,
      buttons,
      edit: source.edit ?? false,
    };
  },
} satisfies StepKind<MenuSource, CompiledMenu>;

/** Reports fields that a reply keyboard does not support. Its keys only send their labels, and it cannot be edited. */
function checkReply(source: MenuSource, buttons: readonly CompiledButton[], context: CompileContext): void {
  for (const name of ['rows_per_page', 'edit'] as const) {
    if (source[name] !== undefined)
      context.report(`/${name}`, 'fields_conflict', `"${name}" is only allowed with inline buttons`, 'Remove it.');
  }
  const isUnfit = buttons.some((button) =>
    button.kind === 'press' ? button.answer !== null || button.callback_data !== null : button.kind !== 'web_app',
  );
  if (isUnfit)
    context.report(
      '/buttons',
      'fields_conflict',
      'A key of a reply keyboard can only have "response", "next", "flow", "menu" or "web_app"',
      'Remove "keyboard" to use the other fields.',
    );
}
