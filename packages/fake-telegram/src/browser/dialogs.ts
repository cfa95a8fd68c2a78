import { byId, element } from './elements.ts';

/** Shows a short message that disappears automatically. */
export function toast(text: string, tone: 'info' | 'error' = 'info'): void {
  const shown = element('div', { class: 'toast', 'data-tone': tone }, text);
  byId('toasts').append(shown);
  setTimeout(() => shown.remove(), Math.max(3000, text.length * 70));
}

/** Shows a message that the person must confirm. */
export function showAlert(title: string, text: string): void {
  byId('alert-title').textContent = title;
  byId('alert-text').textContent = text;
  openDialog('alert');
}

/** Asks for the name to chat under. Resolves with undefined if the person cancels. */
export function askForName(current: string): Promise<string | undefined> {
  const input = byId('person-name', HTMLInputElement);
  const dialog = openDialog('person');
  input.value = current;
  input.select();
  return new Promise((resolve) => {
    const form = byId('person-form');
    const finish = (name: string | undefined): void => {
      form.removeEventListener('submit', onSubmit);
      dialog.removeEventListener('close', onClose);
      dialog.close();
      resolve(name);
    };
    const onSubmit = (): void => finish(input.value.trim() || undefined);
    const onClose = (): void => finish(undefined);
    form.addEventListener('submit', onSubmit);
    dialog.addEventListener('close', onClose);
    byId('person-cancel').onclick = () => dialog.close();
  });
}

function openDialog(id: string): HTMLDialogElement {
  const dialog = byId(id, HTMLDialogElement);
  if (!dialog.open) dialog.showModal();
  return dialog;
}

/** Opens a popover above or below its button. */
export function placeMenu(menuId: string, buttonId: string): void {
  const menu = byId(menuId);
  menu.addEventListener('toggle', (event) => {
    if (event.newState !== 'open') return;
    const button = byId(buttonId).getBoundingClientRect();
    const { offsetWidth, offsetHeight } = menu;
    const above = button.top > window.innerHeight / 2;
    const left = button.left > window.innerWidth / 2 ? button.right - offsetWidth : button.left;
    menu.style.left = `${Math.max(12, left)}px`;
    menu.style.top = `${above ? button.top - offsetHeight - 8 : button.bottom + 8}px`;
    menu.querySelector('button')?.focus();
  });
}
