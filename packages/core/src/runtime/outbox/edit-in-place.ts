import type { JsonObject, JsonValue } from '../../model/index.ts';
import type { OutboxItem } from '../../storage/index.ts';
import { TelegramApiError } from '../../telegram/index.ts';

const EDIT_METHODS: ReadonlySet<string> = new Set(['editMessageText', 'editMessageMedia']);
/** Parameters of new messages that the edit methods do not accept. */
const NEW_MESSAGE_PARAMETERS: ReadonlySet<string> = new Set(['disable_notification', 'protect_content']);
const NOT_EDITABLE_PATTERN =
  /message to edit not found|message can't be edited|no (text|media) in the message to edit|message_id_invalid/i;

/** True if the row replaces another message by an edit of its text or media (see the effect `send`). */
export function isEdit({ source, method }: OutboxItem): boolean {
  return source === 'message' && EDIT_METHODS.has(method);
}

/** Returns the ID of the message to edit; null if it is the last message of the flow, which must be looked up. */
export function editedMessageId({ payload }: OutboxItem): number | null {
  return typeof payload.message_id === 'number' ? payload.message_id : null;
}

/** Returns the parameters of the edit, without those that only a new message has. */
export function editParameters({ chat_id, payload }: OutboxItem, message_id: number): JsonObject {
  return {
    chat_id,
    ...Object.fromEntries(Object.entries(payload).filter(([name]) => !NEW_MESSAGE_PARAMETERS.has(name))),
    message_id,
  };
}

/** Returns the same content as a new message, for when there is nothing to edit or it cannot be edited. */
export function toNewMessage(item: OutboxItem): OutboxItem {
  const { message_id: _, media, ...payload } = item.payload;
  if (item.method !== 'editMessageMedia' || !isInputMedia(media)) return { ...item, method: 'sendMessage', payload };
  const { type, media: source, ...fields } = media;
  return {
    ...item,
    method: `send${type.charAt(0).toUpperCase()}${type.slice(1)}`,
    payload: { [type]: source, ...fields, ...payload },
  };
}

/** True for an `InputMedia` as the engine writes it. */
function isInputMedia(
  value: JsonValue | undefined,
): value is JsonObject & { readonly type: string; readonly media: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    'media' in value &&
    typeof value.media === 'string'
  );
}

/** True if Telegram reports that the message is gone, too old, or of a type that cannot be edited into this one. */
export function isNotEditableError(error: unknown): boolean {
  return error instanceof TelegramApiError && error.error_code === 400 && NOT_EDITABLE_PATTERN.test(error.description);
}
