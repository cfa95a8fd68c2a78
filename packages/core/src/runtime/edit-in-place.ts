import type { JsonObject } from '../model/index.ts';
import type { OutboxItem } from '../storage/index.ts';
import { TelegramApiError } from '../telegram/index.ts';

/** Parameters of sendMessage that editMessageText does not take. */
const ONLY_NEW: ReadonlySet<string> = new Set(['disable_notification', 'protect_content']);
const GONE = /message to edit not found|message can't be edited|no text in the message to edit|message_id_invalid/i;

/** A message row that is to take the place of another message, as the effect `send` says. */
export function isEdit({ source, method }: OutboxItem): boolean {
  return source === 'message' && method === 'editMessageText';
}

/** Which message it is known to change; null: the flow's last one, to be looked up. */
export function editedMessage({ payload }: OutboxItem): number | null {
  return typeof payload.message_id === 'number' ? payload.message_id : null;
}

/** The parameters of the edit, without those that only a new message has. */
export function editParameters({ chat_id, payload }: OutboxItem, message_id: number): JsonObject {
  return { chat_id, ...Object.fromEntries(Object.entries(payload).filter(([name]) => !ONLY_NEW.has(name))), message_id };
}

/** The same said in a new message: there is nothing to change, or it cannot be changed. */
export function asNewMessage(item: OutboxItem): OutboxItem {
  const { message_id: _, ...payload } = item.payload;
  return { ...item, method: 'sendMessage', payload };
}

/** Whether Telegram says that the message is gone, too old or no text. */
export function cannotBeEdited(error: unknown): boolean {
  return error instanceof TelegramApiError && error.error_code === 400 && GONE.test(error.description);
}
