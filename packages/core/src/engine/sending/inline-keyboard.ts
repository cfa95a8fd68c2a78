import { encodeCallback, type CompiledButton, type CompiledStep, type Template } from '../../flow/index.ts';
import type { JsonObject } from '../../model/index.ts';
import type { Run } from '../run/run.ts';
import { EMPTY_LABEL_TEXT } from '../texts.ts';
import { render } from '../values/render.ts';

/** Returns the buttons of a step as Telegram's inline keyboard; `rows` contains their indexes. */
export function inlineKeyboard(
  step: CompiledStep,
  rows: readonly (readonly number[])[],
  buttons: readonly CompiledButton[],
  run: Run,
): JsonObject[][] {
  return rows.map((row) =>
    row.flatMap((index) => {
      const button = buttons[index];
      return button === undefined
        ? []
        : [{ text: renderLabel(button.text, run), ...buttonAction(step, index, button, run), ...button.look }];
    }),
  );
}

/** Renders a label. It is never empty: Telegram would reject the whole message. */
export function renderLabel(template: Template, run: Run): string {
  const text = render(template, run);
  return text.trim() === '' ? EMPTY_LABEL_TEXT : text;
}

function buttonAction(step: CompiledStep, index: number, button: CompiledButton, run: Run): JsonObject {
  switch (button.kind) {
    case 'url':
      return { url: render(button.url, run) };
    case 'web_app':
      return { web_app: { url: render(button.url, run) } };
    case 'copy':
      return { copy_text: { text: renderLabel(button.copy_text, run).slice(0, 256) } };
    case 'press':
      return { callback_data: button.callback_data ?? encodeCallback(run.version.id, step.index, index) };
  }
}
