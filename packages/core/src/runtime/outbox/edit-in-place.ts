import type { JsonObject, JsonValue } from '../../model/index.ts';
import type { OutboxItem } from '../../storage/index.ts';
import { TelegramApiError } from '../../telegram/index.ts';

const EDIT_METHODS: ReadonlySet<string> = new Set(['editMessageText', 'editMessageMedia']);
/** Parameters of new messages that changes do not take. */
const NEW_MESSAGE_PARAMETERS: ReadonlySet<string> = new Set(['disable_notification', 'protect_content']);
const NOT_EDITABLE_PATTERN =
  /message to edit not found|message can't be edited|no (text|media) in the message to edit|message_id_invalid/i;

/** A message row that is to take the place of another message, as the effect `send` says: a text, or media. */
export function isEdit({ source, method }: OutboxItem): boolean {
  return source === 'message' && EDIT_METHODS.has(method);
}

/** Which message it is known to change; null: the flow's last one, to be looked up. */
export function editedMessageId({ payload }: OutboxItem): number | null {
  return typeof payload.message_id === 'number' ? payload.message_id : null;
}

/** The parameters of the edit, without those that only a new message has. */
export function editParameters({ chat_id, payload }: OutboxItem, message_id: number): JsonObject {
  return {
    chat_id,
    ...Object.fromEntries(Object.entries(payload).filter(([name]) => !NEW_MESSAGE_PARAMETERS.has(name))),
    message_id,
  };
}

/** The same said in a new message: there is nothing to change, or it cannot be changed. */
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

/** InputMedia, as the engine writes it. */
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

/** Whether Telegram says that the message is gone, too old, or of a kind that cannot become this. */
export function isNotEditableError(error: unknown): boolean {
  return error instanceof TelegramApiError && error.error_code === 400 && NOT_EDITABLE_PATTERN.test(error.description);
}
