import type { CompiledButton } from '../../flow/index.ts';
import type { EventOf } from '../event.ts';
import { note, type Run } from '../run/run.ts';
import type { Press } from '../steps/step-behaviour.ts';
import { render } from '../values/render.ts';
import { answerPress } from './answer-press.ts';
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
): Press | { readonly kind: 'view'; readonly view: number } {
  if (button?.kind !== 'press') return { kind: 'stale' };
  note(run, 'button_pressed', step_id, String(index));
  answerPress(run, event, button.answer === null ? null : render(button.answer, run));
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
