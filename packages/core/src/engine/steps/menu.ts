import { encodeCallback, findFlow, type CompiledButton, type CompiledMenu, type Template } from '../../flow/index.ts';
import type { JsonObject } from '../../model/index.ts';
import { enterFlow } from '../run/calls/enter-flow.ts';
import { addTrace, type Run } from '../run/run.ts';
import { answerCallback } from '../sending/answer-callback.ts';
import { editTarget, pressedMessage, type EditTarget } from '../sending/edit-target.ts';
import { inlineKeyboard, renderLabel } from '../sending/inline-keyboard.ts';
import { pressButton } from '../sending/press-button.ts';
import { renderText } from '../sending/render-text.ts';
import { sendFormatted } from '../sending/send-text.ts';
import { NO_STACK, NO_STEP_STATE } from '../state/session-state.ts';
import { EMPTY_LABEL_TEXT } from '../texts.ts';
import { render } from '../values/render.ts';
import { NOT_HANDLED, WAIT, type StepBehavior, type Transition } from './step-behavior.ts';

export const menuBehavior: StepBehavior<'menu'> = {
  /** Shows the current view of a menu of reply keys. */
  enter(step, run) {
    showView(step, viewOf(run), run, step.edit ? editTarget(run) : null);
    return WAIT;
  },
  press(step, index, run, event) {
    if (step.keyboard === 'reply') return { kind: 'stale' };
    // Links between views are numbered after the buttons.
    const way = index - step.buttons.length;
    if (way >= 0 && way < step.views.length) {
      addTrace(run, 'button_pressed', step.id, `view ${way}`);
      answerCallback(run, event, null);
      showView(step, way, run, pressedMessage(run));
      return { kind: 'stay' };
    }
    const press = pressButton(step.id, step.buttons[index], index, run, event);
    if (press.kind !== 'view') return press;
    showView(step, press.view, run, pressedMessage(run));
    return { kind: 'stay' };
  },
  /** A key of a reply keyboard sends its label. */
  receive(step, run, event) {
    const typedText = event.type === 'text' ? event.text?.trim() : undefined;
    if (step.keyboard !== 'reply' || typedText === undefined) return NOT_HANDLED;
    // Keys of the current view come first; a late or repeated tap may be one of another view.
    for (const view of [viewOf(run), ...step.views.keys()]) {
      const { rows = [], navigation: ways = [] } = step.views[view] ?? {};
      for (const index of rows.flat()) {
        const key = step.buttons[index];
        if (key?.kind === 'press' && matchesLabel(key.text, typedText, run)) return pressKey(step, key, run);
      }
      const way = ways.flat().find(({ text }) => matchesLabel(text, typedText, run));
      if (way !== undefined) return switchView(step, way.view, run);
    }
    return NOT_HANDLED;
  },
};

/** Current view of a menu of reply keys. */
function viewOf({ step_state: { view } }: Run): number {
  return typeof view === 'number' ? view : 0;
}

function matchesLabel(text: Template, typedText: string, run: Run): boolean {
  return renderLabel(text, run).trim() === typedText;
}

/** Shows another view of a menu of reply keys; it stays the current one until the step is left. */
function switchView(step: CompiledMenu, view: number, run: Run): Transition {
  addTrace(run, 'button_pressed', step.id, `view ${view}`);
  run.step_state = view === 0 ? NO_STEP_STATE : { view };
  showView(step, view, run, null);
  return WAIT;
}

function pressKey(step: CompiledMenu, button: Extract<CompiledButton, { kind: 'press' }>, run: Run): Transition {
  addTrace(run, 'button_pressed', step.id, String(step.buttons.indexOf(button)));
  if (button.response !== null) sendFormatted(run, step.id, renderText(button.response, run, step.id));
  switch (button.target.kind) {
    case 'stay':
      return WAIT;
    case 'view':
      return switchView(step, button.target.view, run);
    case 'step':
      return button.target.id;
    case 'end':
      return null;
    case 'flow':
      return startFlow(button.target.reference, step.id, run);
  }
}

function startFlow(reference: string, step_id: string, run: Run): Transition {
  const version = findFlow(run.program, reference);
  if (version === null) {
    addTrace(run, 'flow_missing', step_id, reference);
    return WAIT;
  }
  run.stack = NO_STACK;
  return enterFlow(run, version, 'button');
}

function showView(step: CompiledMenu, index: number, run: Run, edit: EditTarget | null): void {
  const text = renderText(step.views[index]?.text ?? step.text, run, step.id);
  // A keyboard needs a message.
  sendFormatted(run, step.id, text.text.trim() === '' ? { text: EMPTY_LABEL_TEXT, entities: [] } : text, {
    keyboard: keyboard(step, index, run),
    edit,
  });
}

function keyboard(step: CompiledMenu, index: number, run: Run): JsonObject {
  const { rows = [], navigation: ways = [] } = step.views[index] ?? {};
  if (step.keyboard === 'reply')
    return {
      keyboard: [
        ...replyKeys(step, rows, run),
        ...ways.map((row) => row.map(({ text }) => ({ text: renderLabel(text, run) }))),
      ],
      resize_keyboard: true,
    };
  const inlineWays = ways.map((row) =>
    row.map(({ text, view: to }) => ({
      text: renderLabel(text, run),
      callback_data: encodeCallback(run.version.id, step.index, step.buttons.length + to),
    })),
  );
  return { inline_keyboard: [...inlineKeyboard(step, rows, step.buttons, run), ...inlineWays] };
}

function replyKeys(step: CompiledMenu, rows: readonly (readonly number[])[], run: Run): JsonObject[][] {
  return rows.map((row) =>
    row.flatMap((index) => {
      const button = step.buttons[index];
      if (button === undefined) return [];
      return [
        {
          text: renderLabel(button.text, run),
          ...(button.kind === 'web_app' ? { web_app: { url: render(button.url, run) } } : {}),
          ...button.look,
        },
      ];
    }),
  );
}
