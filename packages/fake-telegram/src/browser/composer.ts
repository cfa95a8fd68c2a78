import type { PageAction } from '../chat-window/protocol.ts';
import { byId } from './elements.ts';

/** Performs an action. Resolves with false if it was refused. */
type Act = (action: PageAction) => Promise<boolean>;

/** Connects the text field, the Send and Start buttons and the menu of attachments. */
export function wireComposer(act: Act): { focus(): void } {
  const text = byId('text', HTMLTextAreaElement);
  const form = byId('composer', HTMLFormElement);
  const sendButton = byId('send', HTMLButtonElement);

  const setText = (value: string): void => {
    text.value = value;
    fitText(text, sendButton);
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const content = text.value.trim();
    if (content === '') return;
    setText('');
    void act({ kind: 'text', text: content }).then((isSent) => {
      // A refused text returns to the field, unless the person has typed something new.
      if (!isSent && text.value === '') setText(content);
    });
  });
  text.addEventListener('input', () => fitText(text, sendButton));
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  byId('start').addEventListener('click', () => {
    void act({ kind: 'text', text: '/start' }).then(() => text.focus());
  });
  wireAttachments(act);
  return { focus: () => text.focus() };
}

function wireAttachments(act: Act): void {
  const menu = byId('attach-menu');
  const fileInput = byId('file', HTMLInputElement);
  menu.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    menu.hidePopover();
    const kind = button?.dataset.attach;
    if (kind === 'file') fileInput.click();
    else if (kind === 'location' || kind === 'contact') void act({ kind });
  });
  fileInput.addEventListener('change', () => {
    for (const file of fileInput.files ?? []) void readFile(file).then(act);
    fileInput.value = '';
  });
}

/** Grows the field with its text, and enables the Send button when there is text. */
function fitText(text: HTMLTextAreaElement, sendButton: HTMLButtonElement): void {
  text.style.height = 'auto';
  text.style.height = `${text.scrollHeight + 2}px`;
  sendButton.disabled = text.value.trim() === '';
}

async function readFile(file: File): Promise<PageAction> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  // In pieces, because the number of arguments of a call is limited.
  for (let start = 0; start < bytes.length; start += 32_768) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 32_768));
  }
  return {
    kind: 'file',
    name: file.name,
    mime_type: file.type || 'application/octet-stream',
    base64: btoa(binary),
  };
}
