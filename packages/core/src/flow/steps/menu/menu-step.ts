import * as z from 'zod';
import { FLOW_LIMITS } from '../../limits.ts';
import type { Template } from '../../template/template.ts';
import { stepId, templateText } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';
import { compileButton, menuButton, type CompiledButton } from './menu-button.ts';

const row = z.array(menuButton).min(1).meta({ title: 'Row', description: 'Buttons side by side, eight at most.' });

/** Where every step states its `next`, a menu may state that it has none. */
const next = z.null().optional().meta({
  title: 'Next step',
  description: 'Always `null`: a menu leads nowhere by itself, its buttons do.',
});

/** What a menu says and shows; the form of a whole flow has the same fields. */
export const menuFields = {
  type: z.literal('menu'),
  text: templateText.meta({ title: 'Text', description: 'What stands above the buttons. A template.' }),
  buttons: z
    .array(z.union([menuButton, row]))
    .min(1)
    .meta({
      title: 'Buttons',
      description: 'A row per element: a button alone, or an array of buttons side by side. A hundred buttons at most.',
    }),
};

const schema = z
  .strictObject({ id: stepId, ...menuFields, next })
  .meta({ title: 'Menu', description: 'Shows buttons. Does not wait for text.' });

export type MenuSource = z.infer<typeof schema>;

export interface CompiledMenu extends CompiledBase<'menu'> {
  readonly text: Template;
  /** Indexes into `buttons`, row by row. */
  readonly rows: readonly (readonly number[])[];
  readonly buttons: readonly CompiledButton[];
}

export const menuStep = {
  type: 'menu',
  summary: 'Shows buttons. Does not wait for text.',
  schema,
  compile(source, context): CompiledMenu {
    context.waits();
    const text = context.template(source.text, '/text');
    const buttons: CompiledButton[] = [];
    const rows = source.buttons.map((element, index) => {
      const key = `/buttons/${index}`;
      const row = Array.isArray(element) ? element : [element];
      if (row.length > FLOW_LIMITS.buttonsInRow) {
        context.report(key, 'row_too_long', `The row has ${row.length} buttons; Telegram takes ${FLOW_LIMITS.buttonsInRow}`);
      }
      return row.map((button, place) => {
        const at = buttons.length;
        buttons.push(compileButton(button, at, Array.isArray(element) ? `${key}/${place}` : key, context));
        return at;
      });
    });
    if (buttons.length > FLOW_LIMITS.buttons) {
      context.report('/buttons', 'too_many_buttons', `The menu has ${buttons.length} buttons; Telegram takes ${FLOW_LIMITS.buttons}`);
    }
    return { kind: 'menu', id: source.id, index: context.index, text, rows, buttons };
  },
} satisfies StepKind<MenuSource, CompiledMenu>;
