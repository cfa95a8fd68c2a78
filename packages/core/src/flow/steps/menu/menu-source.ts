import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import { parseMode } from '../../markup/compile-text.ts';
import { onError, stepId, templateText } from '../common-fields.ts';
import { menuButton } from './menu-button.ts';

const row = labeled(z.array(menuButton).check(z.minLength(1)), {
  title: 'Row',
  description: 'At most eight buttons side by side.',
});

/** With `version: 1` all steps have `next`. A menu has no next step, but `null` is allowed. */
const next = labeled(z.optional(z.null()), {
  title: 'Next step',
  description: 'Always `null`: only the buttons of a menu lead to other steps.',
});

/** Content of a menu. A flow that is only a menu has the same fields. */
export const menuFields = {
  type: z.literal('menu'),
  text: labeled(templateText, { title: 'Text', description: 'Text above the buttons. A template.' }),
  parse_mode: parseMode,
  buttons: labeled(z.array(z.union([menuButton, row])).check(z.minLength(1)), {
    title: 'Buttons',
    description: 'One row per element: a button, or an array of buttons side by side. At most 100 buttons.',
  }),
  keyboard: labeled(z.optional(z.enum(['inline', 'reply'])), {
    title: 'Keyboard',
    description:
      '`inline` (the default): buttons below the message. ' +
      '`reply`: a reply keyboard; a press on a key sends its label.',
  }),
  rows_per_page: labeled(z.optional(z.int().check(z.gte(1), z.lte(50))), {
    title: 'Rows per page',
    description: 'Number of rows per page. Buttons lead to the other pages. Default: all rows on one page.',
  }),
  edit: labeled(z.optional(z.boolean()), {
    title: 'In place',
    description:
      'If true, the menu replaces the message whose button was pressed, ' +
      "or else the flow's last message. Default: a new message.",
  }),
};

/** Schema of a `menu` step. */
export const menuSchema = labeled(z.strictObject({ id: stepId, ...menuFields, next, on_error: onError }), {
  title: 'Menu',
  description: 'Shows buttons. Does not wait for text.',
});

export type MenuSource = z.infer<typeof menuSchema>;
