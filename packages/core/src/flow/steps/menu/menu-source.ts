import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import { parseMode } from '../../markup/compile-text.ts';
import { onError, stepId, templateText } from '../common-fields.ts';
import { menuButton } from './menu-button.ts';

const row = labeled(z.array(menuButton).check(z.minLength(1)), {
  title: 'Row',
  description: 'Buttons side by side, eight at most.',
});

/** Where every step states its `next`, a menu may state that it has none. */
const next = labeled(z.optional(z.null()), {
  title: 'Next step',
  description: 'Always `null`: a menu leads nowhere by itself, its buttons do.',
});

/** What a menu says and shows; the form of a whole flow has the same fields. */
export const menuFields = {
  type: z.literal('menu'),
  text: labeled(templateText, { title: 'Text', description: 'What stands above the buttons. A template.' }),
  parse_mode: parseMode,
  buttons: labeled(z.array(z.union([menuButton, row])).check(z.minLength(1)), {
    title: 'Buttons',
    description: 'A row per element: a button alone, or an array of buttons side by side. A hundred buttons at most.',
  }),
  keyboard: labeled(z.optional(z.enum(['inline', 'reply'])), {
    title: 'Keyboard',
    description:
      '`inline` (the default): buttons below the message. `reply`: keys in place of the keyboard; a press sends its label.',
  }),
  rows_per_page: labeled(z.optional(z.int().check(z.gte(1), z.lte(50))), {
    title: 'Rows per page',
    description: 'Shows so many rows at a time, with buttons to turn the pages.',
  }),
  edit: labeled(z.optional(z.boolean()), {
    title: 'In place',
    description:
      "Whether the menu takes the place of the message that was pressed, or of the flow's last message, instead of being a new one.",
  }),
};

/** A step of the kind `menu`, as a document has it. */
export const menuSchema = labeled(z.strictObject({ id: stepId, ...menuFields, next, on_error: onError }), {
  title: 'Menu',
  description: 'Shows buttons. Does not wait for text.',
});

export type MenuSource = z.infer<typeof menuSchema>;
