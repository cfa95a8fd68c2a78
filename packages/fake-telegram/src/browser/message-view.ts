import type { InlineKeyboardButton, Message } from '../telegram-objects.ts';
import { element, icon } from './elements.ts';
import { formattedText, safeUrl } from './formatted-text.ts';
import { mediaView } from './media-view.ts';

/** Actions that the person can start from a message. */
export interface MessageActions {
  botId: number;
  onPress(messageId: number, row: number, column: number): void;
  onPay(messageId: number): void;
  onCommand(command: string): void;
}

/** Returns true if the person sent the message, not the bot. */
export function isMine(message: Message): boolean {
  return message.from?.is_bot !== true;
}

/** Draws a message with all its parts. Everything that it contains is inserted as text, never as markup. */
export function messageView(message: Message, actions: MessageActions): HTMLElement {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  const text = message.text ?? message.caption;
  const media = mediaView(message, actions.botId);
  const isOnlyMedia = message.photo !== undefined && text === undefined;
  const bubble = element('div', { class: isOnlyMedia ? 'bubble only-media' : 'bubble' });
  if (message.reply_to_message) bubble.append(quote(message.reply_to_message));
  if (media) bubble.append(media);
  if (text === undefined) {
    bubble.append(meta(message));
  } else {
    const entities = message.entities ?? message.caption_entities ?? [];
    const formatted = formattedText(text, entities, (command) => actions.onCommand(command));
    bubble.append(element('div', { class: 'text' }, ...formatted, meta(message)));
  }
  const view = element('article', { class: 'message', 'data-id': String(message.message_id) }, bubble);
  view.classList.toggle('mine', isMine(message));
  view.classList.toggle('with-buttons', rows.length > 0);
  if (rows.length > 0) view.append(buttonsView(message, rows, actions));
  return view;
}

function meta(message: Message): HTMLElement {
  const time = new Date(message.date * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return element('span', { class: 'meta' }, message.edit_date ? `edited ${time}` : time);
}

function quote(message: Message): HTMLElement {
  return element('span', { class: 'quote' }, message.text ?? message.caption ?? 'Message');
}

function buttonsView(
  message: Message,
  rows: readonly (readonly InlineKeyboardButton[])[],
  actions: MessageActions,
): HTMLElement {
  const rowViews = rows.map((buttons, row) =>
    element(
      'div',
      { class: 'button-row' },
      ...buttons.map((button, column) => inlineButton(message, button, row, column, actions)),
    ),
  );
  return element('div', { class: 'buttons', role: 'group', 'aria-label': 'Buttons' }, ...rowViews);
}

function inlineButton(
  message: Message,
  button: InlineKeyboardButton,
  row: number,
  column: number,
  actions: MessageActions,
): HTMLElement {
  const common = { class: 'inline-button', 'data-style': button.style };
  const url = safeUrl(button.url ?? button.web_app?.url);
  if (url) {
    const link = { ...common, href: url, target: '_blank', rel: 'noopener noreferrer' };
    return element('a', link, button.text, icon('link'));
  }
  const copiedText = button.copy_text?.text;
  const isPressable = button.callback_data !== undefined || copiedText !== undefined || button.pay === true;
  const title = isPressable ? undefined : 'This kind of button does nothing in the chat window';
  const view = element('button', { ...common, type: 'button', disabled: !isPressable, title }, button.text);
  view.addEventListener('click', () => {
    if (copiedText !== undefined) {
      copyText(copiedText);
      return;
    }
    view.setAttribute('aria-busy', 'true');
    if (button.pay === true) actions.onPay(message.message_id);
    else actions.onPress(message.message_id, row, column);
  });
  return view;
}

/** Copies a text. Where the page has no access to the clipboard, nothing happens, as in Telegram's own clients. */
function copyText(text: string): void {
  // Browsers provide the clipboard only in a secure context. The DOM types do not show that.
  const { clipboard } = navigator as { clipboard?: Clipboard };
  void clipboard?.writeText(text).catch(() => undefined);
}
