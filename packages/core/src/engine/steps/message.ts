import type { CompiledKeyboard, CompiledMessage } from '../../flow/index.ts';
import type { JsonObject } from '../../model/index.ts';
import type { Run } from '../run/run.ts';
import { editTarget } from '../sending/edit-target.ts';
import { inlineKeyboard, renderLabel } from '../sending/inline-keyboard.ts';
import { pressButton } from '../sending/press-button.ts';
import { renderText } from '../sending/render-text.ts';
import { sendContent } from '../sending/send-content.ts';
import { sendFormatted } from '../sending/send-text.ts';
import { showTyping } from '../sending/show-typing.ts';
import { render } from '../values/render.ts';
import type { StepBehavior } from './step-behavior.ts';

export const messageBehavior: StepBehavior<'message'> = {
  enter(step, run) {
    if (step.typing !== null) showTyping(run, step.content, step.typing);
    const text = step.text === null ? null : renderText(step.text, run, step.id);
    const keyboard = step.keyboard === null ? null : replyMarkup(step, step.keyboard, run);
    const edit = step.edit ? editTarget(run) : null;
    if (step.content !== null) sendContent(run, step, step.content, text, { keyboard, edit });
    else if (text !== null) {
      const options = { ...step.options.all, ...step.options.text };
      sendFormatted(run, step.id, text, { keyboard, options, edit });
    }
    return step.next;
  },
  press(step, index, run, event) {
    const press = pressButton(step.id, step.buttons[index], index, run, event);
    // Only menus have views.
    return press.kind === 'view' ? { kind: 'stale' } : press;
  },
};

function replyMarkup(step: CompiledMessage, keyboard: CompiledKeyboard, run: Run): JsonObject {
  switch (keyboard.kind) {
    case 'constant':
      return keyboard.markup;
    case 'inline':
      return { inline_keyboard: inlineKeyboard(step, keyboard.rows, step.buttons, run) };
    case 'keys':
      return {
        keyboard: keyboard.rows.map((row) =>
          row.map((key) => ({
            text: renderLabel(key.text, run),
            ...(key.web_app === null ? {} : { web_app: { url: render(key.web_app, run) } }),
            ...key.more,
          })),
        ),
        ...keyboard.options,
      };
  }
}
