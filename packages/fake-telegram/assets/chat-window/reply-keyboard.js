// @ts-check
import { byId, element } from './elements.js';

let expanded = true;
let last = '';

/**
 * Shows the reply keyboard the bot has opened, or none.
 *
 * @param {{ keyboard: { text: string, style?: string }[][], input_field_placeholder?: string } | null} markup
 * @param {(row: number, column: number) => void} onKey
 */
export function showReplyKeyboard(markup, onKey) {
  const panel = byId('keyboard');
  const toggle = byId('toggle-keyboard');
  const text = /** @type {HTMLTextAreaElement} */ (byId('text'));
  const description = JSON.stringify(markup);
  if (description !== last) {
    last = description;
    expanded = true;
    panel.replaceChildren(...(markup?.keyboard ?? []).map((keys, row) => keyRow(keys, row, onKey)));
  }
  text.placeholder = markup?.input_field_placeholder ?? 'Message';
  toggle.hidden = markup === null;
  toggle.onclick = () => {
    expanded = !expanded;
    apply();
  };
  apply();

  function apply() {
    panel.hidden = markup === null || !expanded;
    toggle.setAttribute('aria-expanded', String(expanded));
  }
}

/**
 * @param {{ text: string, style?: string }[]} keys
 * @param {number} row
 * @param {(row: number, column: number) => void} onKey
 */
function keyRow(keys, row, onKey) {
  const buttons = keys.map((key, column) => {
    const button = element('button', { type: 'button', class: 'key', 'data-style': key.style }, key.text);
    button.addEventListener('click', () => onKey(row, column));
    return button;
  });
  return element('div', { class: 'keyboard-row' }, ...buttons);
}
