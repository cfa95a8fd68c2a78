import * as z from 'zod/mini';
import type { CompileContext } from '../../compile-context.ts';
import { labelled } from '../../labelled.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import { compileText, parseMode, type CompiledText } from '../../markup/compile-text.ts';
import { onError, stepId, templateText } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';
import { compileViews, type MenuView } from './compile-views.ts';
import { menuButton, type CompiledButton } from './menu-button.ts';

const row = labelled(z.array(menuButton).check(z.minLength(1)), {
  title: 'Row',
  description: 'Buttons side by side, eight at most.',
});

/** Where every step states its `next`, a menu may state that it has none. */
const next = labelled(z.optional(z.null()), {
  title: 'Next step',
  description: 'Always `null`: a menu leads nowhere by itself, its buttons do.',
});

/** What a menu says and shows; the form of a whole flow has the same fields. */
export const menuFields = {
  type: z.literal('menu'),
  text: labelled(templateText, { title: 'Text', description: 'What stands above the buttons. A template.' }),
  parse_mode: parseMode,
  buttons: labelled(z.array(z.union([menuButton, row])).check(z.minLength(1)), {
    title: 'Buttons',
    description: 'A row per element: a button alone, or an array of buttons side by side. A hundred buttons at most.',
  }),
  keyboard: labelled(z.optional(z.enum(['inline', 'reply'])), {
    title: 'Keyboard',
    description:
      '`inline` (the default): buttons below the message. `reply`: keys in place of the keyboard; a press sends its label.',
  }),
  rows_per_page: labelled(z.optional(z.int().check(z.gte(1), z.lte(50))), {
    title: 'Rows per page',
    description: 'Shows so many rows at a time, with buttons to turn the pages.',
  }),
  edit: labelled(z.optional(z.boolean()), {
    title: 'In place',
    description:
      "Whether the menu takes the place of the message that was pressed, or of the flow's last message, instead of being a new one.",
  }),
};

const schema = labelled(z.strictObject({ id: stepId, ...menuFields, next, on_error: onError }), {
  title: 'Menu',
  description: 'Shows buttons. Does not wait for text.',
});

export type MenuSource = z.infer<typeof schema>;

export interface CompiledMenu extends CompiledBase<'menu'> {
  /** The menu's text, for its parts see `views`. */
  readonly text: CompiledText;
  readonly keyboard: 'inline' | 'reply';
  /** What can be shown at a time: the first page of the menu itself, its other pages, those of its submenus. */
  readonly views: readonly MenuView[];
  readonly buttons: readonly CompiledButton[];
  readonly edit: boolean;
}

export const menuStep = {
  type: 'menu',
  summary: 'Shows buttons. Does not wait for text.',
  schema,
  compile(source, context): CompiledMenu {
    context.waits();
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
          `${index === 0 ? 'The menu' : 'A submenu'} has ${count} buttons; Telegram takes ${FLOW_LIMITS.buttons}`,
          'With "rows_per_page" they are shown page by page.',
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

/** Keys send their labels and know nothing else; a keyboard cannot be edited. */
function checkReply(source: MenuSource, buttons: readonly CompiledButton[], context: CompileContext): void {
  for (const name of ['rows_per_page', 'edit'] as const) {
    if (source[name] !== undefined) context.report(`/${name}`, 'fields_conflict', `"${name}" is for inline buttons`);
  }
  const isUnfit = buttons.some((button) =>
    button.kind === 'press' ? button.answer !== null || button.callback_data !== null : button.kind !== 'web_app',
  );
  if (isUnfit)
    context.report(
      '/buttons',
      'fields_conflict',
      'A key of a reply keyboard has "response", "next", "flow", "menu" or "web_app" only',
      'Leave "keyboard" out for the rest.',
    );
}
