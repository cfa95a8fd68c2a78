import type { KeyboardButton, ReplyKeyboardMarkup } from '../telegram-objects.ts';
import { byId, element } from './elements.ts';

type OnKey = (row: number, column: number) => void;

/** The panel with the bot's reply keyboard. */
export interface ReplyKeyboardPanel {
  /** Shows the keyboard that the bot has opened, or hides the panel if it is null. */
  show(markup: ReplyKeyboardMarkup | null): void;
}

/** Connects the panel to its elements. */
export function createReplyKeyboardPanel(onKey: OnKey): ReplyKeyboardPanel {
  const panel = byId('keyboard');
  const toggle = byId('toggle-keyboard');
  const text = byId('text', HTMLTextAreaElement);
  let isOpen = false;
  let isExpanded = true;
  let shownMarkup = '';

  toggle.addEventListener('click', () => {
    isExpanded = !isExpanded;
    apply();
  });

  function apply(): void {
    panel.hidden = !isOpen || !isExpanded;
    toggle.setAttribute('aria-expanded', String(isExpanded));
  }

  return {
    show(markup) {
      const description = JSON.stringify(markup);
      if (description !== shownMarkup) {
        shownMarkup = description;
        isExpanded = true;
        panel.replaceChildren(...(markup?.keyboard ?? []).map((keys, row) => keyRow(keys, row, onKey)));
      }
      text.placeholder = markup?.input_field_placeholder ?? 'Message';
      isOpen = markup !== null;
      toggle.hidden = !isOpen;
      apply();
    },
  };
}

function keyRow(keys: readonly KeyboardButton[], row: number, onKey: OnKey): HTMLElement {
  const buttons = keys.map((key, column) => {
    const style = typeof key.style === 'string' ? key.style : undefined;
    const button = element('button', { type: 'button', class: 'key', 'data-style': style }, key.text);
    button.addEventListener('click', () => onKey(row, column));
    return button;
  });
  return element('div', { class: 'keyboard-row' }, ...buttons);
}
