// @ts-check
import { element, icon } from './elements.js';
import { formattedText, safeUrl } from './formatted-text.js';

/**
 * @typedef {object} MessageActions
 * @property {number} botId
 * @property {(messageId: number, row: number, column: number) => void} onPress
 * @property {(messageId: number) => void} onPay
 * @property {(command: string) => void} onCommand
 */

/**
 * Draws a message with everything in it. All of its text is put in as text.
 *
 * @param {any} message
 * @param {MessageActions} actions
 * @param {(message: any) => boolean} isMine
 * @returns {HTMLElement}
 */
export function messageView(message, actions, isMine) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  const text = message.text ?? message.caption;
  const media = mediaView(message, actions.botId);
  const onlyMedia = message.photo && text === undefined;
  const bubble = element('div', { class: onlyMedia ? 'bubble only-media' : 'bubble' });
  if (message.reply_to_message) bubble.append(quote(message.reply_to_message));
  if (media) bubble.append(media);
  if (text !== undefined) {
    const entities = message.entities ?? message.caption_entities ?? [];
    bubble.append(
      element('div', { class: 'text' }, ...formattedText(text, entities, actions.onCommand), meta(message)),
    );
  } else {
    bubble.append(meta(message));
  }
  const view = element('article', { class: 'message', 'data-id': String(message.message_id) }, bubble);
  view.classList.toggle('mine', isMine(message));
  view.classList.toggle('with-buttons', rows.length > 0);
  if (rows.length > 0) view.append(buttonsView(message, rows, actions));
  return view;
}

/** @param {any} message */
function meta(message) {
  const time = new Date(message.date * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return element('span', { class: 'meta' }, message.edit_date ? `edited ${time}` : time);
}

/** @param {any} message */
function quote(message) {
  return element('span', { class: 'quote' }, message.text ?? message.caption ?? 'Message');
}

/**
 * @param {any} message
 * @param {number} botId
 * @returns {Node | undefined}
 */
function mediaView(message, botId) {
  const address = (/** @type {string} */ fileId) => `/chat-window/files/${botId}/${encodeURIComponent(fileId)}`;
  const photo = message.photo?.at(-1);
  if (photo) {
    const { width, height } = photo;
    return element('img', {
      class: 'photo',
      src: address(photo.file_id),
      alt: 'Photo',
      width: String(width),
      height: String(height),
    });
  }
  if (message.venue) return card('pin', message.venue.title, message.venue.address);
  if (message.location) {
    const { latitude, longitude } = message.location;
    return card('pin', 'Location', `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`);
  }
  if (message.contact) {
    const { first_name, last_name, phone_number } = message.contact;
    return card('person', [first_name, last_name].filter(Boolean).join(' '), phone_number);
  }
  if (message.invoice) return card('file', message.invoice.title, message.invoice.description);
  if (message.successful_payment) return card('file', 'Paid', priceTag(message.successful_payment));
  if (message.refunded_payment) return card('file', 'Refunded', priceTag(message.refunded_payment));
  if (message.dice) return element('div', { class: 'dice' }, message.dice.emoji, ` ${message.dice.value}`);
  if (message.poll) return pollView(message.poll);
  for (const [kind, label] of fileKinds) {
    const file = message[kind];
    if (file) return fileCard(file.file_name ?? label, file.file_size, address(file.file_id));
  }
  return undefined;
}

const fileKinds = /** @type {const} */ ([
  ['animation', 'Animation'],
  ['video', 'Video'],
  ['video_note', 'Video message'],
  ['audio', 'Audio'],
  ['voice', 'Voice message'],
  ['sticker', 'Sticker'],
  ['document', 'Document'],
]);

/**
 * @param {string} iconName
 * @param {string} title
 * @param {string} detail
 */
function card(iconName, title, detail) {
  const lines = element('div', {}, element('strong', {}, title), element('span', {}, detail));
  return element('div', { class: 'card' }, cardIcon(iconName), lines);
}

/**
 * @param {string} name
 * @param {number} size
 * @param {string} address
 */
function fileCard(name, size, address) {
  const detail =
    size < 1024 ? `${size} B` : size < 1048576 ? `${(size / 1024).toFixed(1)} kB` : `${(size / 1048576).toFixed(1)} MB`;
  const lines = element('div', {}, element('strong', {}, name), element('span', {}, detail));
  return element('a', { class: 'card', href: address, download: name }, cardIcon('file'), lines);
}

/** @param {string} name */
function cardIcon(name) {
  return element('span', { class: 'card-icon' }, icon(name));
}

/** @param {{ currency: string, total_amount: number }} payment */
function priceTag({ currency, total_amount }) {
  return currency === 'XTR' ? `⭐${total_amount}` : `${(total_amount / 100).toFixed(2)} ${currency}`;
}

/** @param {any} poll */
function pollView(poll) {
  const options = poll.options.map((/** @type {any} */ option) => element('li', {}, option.text));
  return element('div', {}, element('strong', {}, poll.question), element('ul', { class: 'poll' }, ...options));
}

/**
 * @param {any} message
 * @param {any[][]} rows
 * @param {MessageActions} actions
 */
function buttonsView(message, rows, actions) {
  const made = rows.map((buttons, row) =>
    element(
      'div',
      { class: 'button-row' },
      ...buttons.map((button, column) => inlineButton(message, button, row, column, actions)),
    ),
  );
  return element('div', { class: 'buttons', role: 'group', 'aria-label': 'Buttons' }, ...made);
}

/**
 * @param {any} message
 * @param {any} button
 * @param {number} row
 * @param {number} column
 * @param {MessageActions} actions
 */
function inlineButton(message, button, row, column, actions) {
  const common = { class: 'inline-button', 'data-style': button.style };
  const url = safeUrl(button.url ?? button.web_app?.url);
  if (url) {
    return element(
      'a',
      { ...common, href: url, target: '_blank', rel: 'noopener noreferrer' },
      button.text,
      icon('link'),
    );
  }
  const copied = button.copy_text?.text;
  const pressable = button.callback_data !== undefined || copied !== undefined || button.pay === true;
  const title = pressable ? undefined : 'This kind of button does nothing in the chat window';
  const made = element('button', { ...common, type: 'button', disabled: !pressable, title }, button.text);
  made.addEventListener('click', () => {
    if (copied !== undefined) {
      // Where the page may not write to the clipboard, nothing happens, as with Telegram on such a machine.
      void navigator.clipboard?.writeText(copied).catch(() => undefined);
      return;
    }
    made.setAttribute('aria-busy', 'true');
    if (button.pay === true) actions.onPay(message.message_id);
    else actions.onPress(message.message_id, row, column);
  });
  return made;
}
