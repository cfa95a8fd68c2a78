import * as z from 'zod/mini';
import { labeled } from '../../model/index.ts';
import type { CompileContext } from '../compile-context.ts';
import { templateText } from '../steps/common-fields.ts';
import type { Template } from '../template/template.ts';

export const shareButtonField = {
  button: labeled(z.optional(z.nullable(templateText)), {
    title: 'Share button',
    description:
      'Of a phone number or a location: label of the button that shares it, shown in private chats; ' +
      '`null` for no button. A template.',
  }),
};

/** Returns null if there is no button. */
export function compileShareButton(
  label: string | null | undefined,
  usual: string,
  context: CompileContext,
): Template | null {
  return label === null ? null : context.template(label ?? usual, '/button');
}
