import type { CompiledButton } from '../../flow/index.ts';
import type { EventOf } from '../event.ts';
import { addTrace, type Run } from '../run/run.ts';
import type { PressResult } from '../steps/step-behavior.ts';
import { render } from '../values/render.ts';
import { answerCallback } from './answer-callback.ts';
import { renderText } from './render-text.ts';
import { sendFormatted } from './send-text.ts';

/**
 * Handles a press of one of a step's buttons: the notice, the response, and where it leads. `view` is left to the menu.
 */
export function pressButton(
  step_id: string,
  button: CompiledButton | undefined,
  index: number,
  run: Run,
  event: EventOf<'callback'>,
): PressResult | { readonly kind: 'view'; readonly view: number } {
  if (button?.kind !== 'press') return { kind: 'stale' };
  addTrace(run, 'button_pressed', step_id, String(index));
  answerCallback(run, event, button.answer === null ? null : render(button.answer, run));
  if (button.response !== null) sendFormatted(run, step_id, renderText(button.response, run, step_id));
  const { target } = button;
  switch (target.kind) {
    case 'stay':
    case 'view':
      return target;
    case 'step':
      return { kind: 'go', to: target.id };
    case 'end':
      return { kind: 'go', to: null };
    case 'flow':
      return { kind: 'start', flow: target.reference };
  }
}
