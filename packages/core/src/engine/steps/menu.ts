import { encodeCallback, FLOW_LIMITS, type ButtonTarget, type CompiledButton, type CompiledMenu } from '../../flow/index.ts';
import type { JsonObject } from '../../model/index.ts';
import type { EventOf } from '../event.ts';
import { render } from '../render.ts';
import { note, type Run } from '../run.ts';
import { sendText } from '../send-text.ts';
import { splitText } from '../split-text.ts';
import { UNREADABLE_LABEL } from '../texts.ts';
import { WAIT, type Press, type StepBehaviour } from './step-behaviour.ts';

export const menuBehaviour: StepBehaviour<'menu'> = {
  enter(step, run) {
    const text = render(step.text, run);
    // A keyboard needs a message to hang on.
    sendText(run, step.id, text.trim() === '' ? UNREADABLE_LABEL : text, keyboard(step, run));
    return WAIT;
  },
  press(step, index, run, event) {
    const button = step.buttons[index];
    if (button?.kind !== 'press') return { kind: 'stale' };
    note(run, 'button_pressed', step.id, String(index));
    answer(run, event, button.answer === null ? null : render(button.answer, run));
    if (button.response !== null) sendText(run, step.id, render(button.response, run));
    return pressOf(button.target);
  },
};

function keyboard(step: CompiledMenu, run: Run): JsonObject {
  return {
    inline_keyboard: step.rows.map((row) =>
      row.flatMap((index) => {
        const button = step.buttons[index];
        return button === undefined ? [] : [inlineButton(step, index, button, run)];
      }),
    ),
  };
}

function inlineButton(step: CompiledMenu, index: number, button: CompiledButton, run: Run): JsonObject {
  const label = render(button.text, run);
  const text = label.trim() === '' ? UNREADABLE_LABEL : label;
  if (button.kind === 'url') return { text, url: render(button.url, run) };
  return { text, callback_data: button.callback_data ?? encodeCallback(run.version.id, step.index, index) };
}

function answer(run: Run, event: EventOf<'callback'>, text: string | null): void {
  const short = text === null || text.trim() === '' ? null : (splitText(text, FLOW_LIMITS.callbackAnswer)[0] ?? null);
  run.effects.push({ kind: 'answer_callback', query_id: event.query_id, text: short, show_alert: false });
}

function pressOf(target: ButtonTarget): Press {
  switch (target.kind) {
    case 'stay':
      return { kind: 'stay' };
    case 'step':
      return { kind: 'go', to: target.id };
    case 'end':
      return { kind: 'go', to: null };
    case 'flow':
      return { kind: 'start', flow: target.reference };
  }
}
