// @ts-check
import { byId, element } from './elements.js';

/**
 * Shows a short message that goes away by itself.
 *
 * @param {string} text
 * @param {'info' | 'error'} tone
 */
export function toast(text, tone = 'info') {
  const shown = element('div', { class: 'toast', 'data-tone': tone }, text);
  byId('toasts').append(shown);
  setTimeout(() => shown.remove(), Math.max(3000, text.length * 70));
}

/**
 * Shows a message that must be confirmed.
 *
 * @param {string} title
 * @param {string} text
 */
export function showAlert(title, text) {
  byId('alert-title').textContent = title;
  byId('alert-text').textContent = text;
  openDialog('alert');
}

/**
 * Asks for the name to chat under; `undefined` when the person thinks better of it.
 *
 * @param {string} current
 * @returns {Promise<string | undefined>}
 */
export function askForName(current) {
  const input = /** @type {HTMLInputElement} */ (byId('person-name'));
  const dialog = openDialog('person');
  input.value = current;
  input.select();
  return new Promise((resolve) => {
    const form = byId('person-form');
    const finish = (/** @type {string | undefined} */ name) => {
      form.removeEventListener('submit', onSubmit);
      dialog.removeEventListener('close', onClose);
      dialog.close();
      resolve(name);
    };
    const onSubmit = () => finish(input.value.trim() || undefined);
    const onClose = () => finish(undefined);
    form.addEventListener('submit', onSubmit);
    dialog.addEventListener('close', onClose);
    byId('person-cancel').onclick = () => dialog.close();
  });
}

/** @param {string} id */
function openDialog(id) {
  const dialog = /** @type {HTMLDialogElement} */ (byId(id));
  if (!dialog.open) dialog.showModal();
  return dialog;
}

/**
 * Opens a popover above or below the button that it belongs to.
 *
 * @param {string} menuId
 * @param {string} buttonId
 */
export function placeMenu(menuId, buttonId) {
  const menu = byId(menuId);
  menu.addEventListener('toggle', (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== 'open') return;
    const button = byId(buttonId).getBoundingClientRect();
    const { offsetWidth, offsetHeight } = menu;
    const above = button.top > window.innerHeight / 2;
    const left = button.left > window.innerWidth / 2 ? button.right - offsetWidth : button.left;
    menu.style.left = `${Math.max(12, left)}px`;
    menu.style.top = `${above ? button.top - offsetHeight - 8 : button.bottom + 8}px`;
    menu.querySelector('button')?.focus();
  });
}
