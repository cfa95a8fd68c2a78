import { encodeCallback, findFlow, type CompiledButton, type CompiledMenu } from '../../flow/index.ts';
import type { JsonObject } from '../../model/index.ts';
import { editTarget, pressedMessage, type EditTarget } from '../sending/edit-target.ts';
import { enterFlow } from '../calls/enter-flow.ts';
import { inlineKeyboard, label } from '../sending/inline-keyboard.ts';
import { answerPress } from '../sending/answer-press.ts';
import { pressButton } from '../sending/press-button.ts';
import { render } from '../render.ts';
import { renderText } from '../sending/render-text.ts';
import { note, type Run } from '../run.ts';
import { sendFormatted } from '../sending/send-text.ts';
import { NO_STACK } from '../calls/stack.ts';
import { UNREADABLE_LABEL } from '../texts.ts';
import { PASS, WAIT, type Move, type StepBehaviour } from './step-behaviour.ts';

export const menuBehaviour: StepBehaviour<'menu'> = {
  enter(step, run) {
    showView(step, 0, run, step.edit ? editTarget(run) : null);
    return WAIT;
  },
  press(step, index, run, event) {
    if (step.keyboard === 'reply') return { kind: 'stale' };
    // Ways from view to view are counted after the buttons.
    const way = index - step.buttons.length;
    if (way >= 0 && way < step.views.length) {
      note(run, 'button_pressed', step.id, `view ${way}`);
      answerPress(run, event, null);
      showView(step, way, run, pressedMessage(run));
      return { kind: 'stay' };
    }
    const press = pressButton(step.id, step.buttons[index], index, run, event);
    if (press.kind !== 'view') return press;
    showView(step, press.view, run, pressedMessage(run));
    return { kind: 'stay' };
  },
  /** A key of a reply keyboard is its label, sent. */
  receive(step, run, event) {
    const said = event.type === 'text' ? event.text?.trim() : undefined;
    if (step.keyboard !== 'reply' || said === undefined) return PASS;
    const key = step.buttons.find((button) => button.kind === 'press' && label(button.text, run).trim() === said);
    return key?.kind === 'press' ? pressKey(step, key, run) : PASS;
  },
};

function pressKey(step: CompiledMenu, button: Extract<CompiledButton, { kind: 'press' }>, run: Run): Move {
  note(run, 'button_pressed', step.id, String(step.buttons.indexOf(button)));
  if (button.response !== null) sendFormatted(run, step.id, renderText(button.response, run, step.id));
  switch (button.target.kind) {
    case 'stay':
    case 'view':
      return WAIT;
    case 'step':
      return button.target.id;
    case 'end':
      return null;
    case 'flow':
      return startFlow(button.target.reference, step.id, run);
  }
}

function startFlow(reference: string, step_id: string, run: Run): Move {
  const version = findFlow(run.program, reference);
  if (version === null) {
    note(run, 'flow_missing', step_id, reference);
    return WAIT;
  }
  run.stack = NO_STACK;
  return enterFlow(run, version, 'button');
}

function showView(step: CompiledMenu, index: number, run: Run, edit: EditTarget | null): void {
  const text = renderText(step.views[index]?.text ?? step.text, run, step.id);
  // A keyboard needs a message to hang on.
  sendFormatted(run, step.id, text.text.trim() === '' ? { text: UNREADABLE_LABEL, entities: [] } : text, { keyboard: keyboard(step, index, run), edit });
}

function keyboard(step: CompiledMenu, index: number, run: Run): JsonObject {
  const view = step.views[index];
  if (step.keyboard === 'reply') return replyKeyboard(step, run);
  const ways = (view?.ways ?? []).map((row) =>
    row.map(({ text, view: to }) => ({ text: label(text, run), callback_data: encodeCallback(run.version.id, step.index, step.buttons.length + to) })),
  );
  return { inline_keyboard: [...inlineKeyboard(step, view?.rows ?? [], step.buttons, run), ...ways] };
}

function replyKeyboard(step: CompiledMenu, run: Run): JsonObject {
  const rows = (step.views[0]?.rows ?? []).map((row) =>
    row.flatMap((index) => {
      const button = step.buttons[index];
      if (button === undefined) return [];
      return [{ text: label(button.text, run), ...(button.kind === 'web_app' ? { web_app: { url: render(button.url, run) } } : {}), ...button.look }];
    }),
  );
  return { keyboard: rows, resize_keyboard: true };
}
