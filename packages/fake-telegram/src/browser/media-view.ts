import type { Message } from '../telegram-objects.ts';
import { element, icon } from './elements.ts';

/** Draws the media of a message, or returns undefined if it has none. */
export function mediaView(message: Message, botId: number): Node | undefined {
  const addressOf = (fileId: string): string => `/chat-window/files/${botId}/${encodeURIComponent(fileId)}`;
  return photoView(message, addressOf) ?? cardView(message) ?? fileView(message, addressOf);
}

function photoView(message: Message, addressOf: (fileId: string) => string): Node | undefined {
  const photo = message.photo?.at(-1);
  if (!photo) return undefined;
  return element('img', {
    class: 'photo',
    src: addressOf(photo.file_id),
    alt: 'Photo',
    width: String(photo.width),
    height: String(photo.height),
  });
}

function cardView(message: Message): Node | undefined {
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
  return undefined;
}

const fileKinds = [
  ['animation', 'Animation'],
  ['video', 'Video'],
  ['video_note', 'Video message'],
  ['audio', 'Audio'],
  ['voice', 'Voice message'],
  ['sticker', 'Sticker'],
  ['document', 'Document'],
] as const;

function fileView(message: Message, addressOf: (fileId: string) => string): Node | undefined {
  for (const [kind, label] of fileKinds) {
    const file = message[kind];
    if (!file) continue;
    const name = file.file_name ?? label;
    const attributes = { class: 'card', href: addressOf(file.file_id), download: name };
    return element('a', attributes, cardIcon('file'), cardLines(name, formatSize(file.file_size ?? 0)));
  }
  return undefined;
}

function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} kB`;
  return `${(bytes / (1024 * 1024)).toFixed(1)} MB`;
}

function card(iconName: string, title: string, detail: string): Node {
  return element('div', { class: 'card' }, cardIcon(iconName), cardLines(title, detail));
}

function cardIcon(name: string): Node {
  return element('span', { class: 'card-icon' }, icon(name));
}

function cardLines(title: string, detail: string): Node {
  return element('div', {}, element('strong', {}, title), element('span', {}, detail));
}

function priceTag({ currency, total_amount }: { currency: string; total_amount: number }): string {
  return currency === 'XTR' ? `⭐${total_amount}` : `${(total_amount / 100).toFixed(2)} ${currency}`;
}

function pollView(poll: { question: string; options: readonly { text: string }[] }): Node {
  const options = poll.options.map((option) => element('li', {}, option.text));
  return element('div', {}, element('strong', {}, poll.question), element('ul', { class: 'poll' }, ...options));
}
