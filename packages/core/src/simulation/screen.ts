import { isList } from '../flow/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../model/index.ts';

/** An inline button (`data`), or a reply key that sends its label or shares something. */
export type Pressable =
  | { readonly kind: 'button'; readonly label: string; readonly data: string | null; readonly message_id: number }
  | { readonly kind: 'key'; readonly label: string; readonly shares: 'contact' | 'location' | null };

/** Buttons and keys that the person sees. */
export interface Screen {
  /** Shows a new message of the bot. */
  show(message_id: number, payload: JsonObject): readonly string[][];
  /** Changes a message; its buttons are those of the payload. */
  change(message_id: number, payload: JsonObject): readonly string[][];
  forget(message_id: number): void;
  /** Returns the newest button or key with this label. */
  find(label: string): Pressable | null;
  labels(): string[];
}

export function createScreen(): Screen {
  const messages = new Map<number, Pressable[][]>();
  let keys: Pressable[][] = [];
  const all = (): Pressable[] => [...[...messages.values()].reverse().flat(), ...keys].flat();
  return {
    show(message_id, { reply_markup: markup }) {
      const inline = rowsIn(markup, 'inline_keyboard', (button) => ({
        kind: 'button',
        label: textIn(button, 'text'),
        data: textOrNull(button.callback_data),
        message_id,
      }));
      if (inline.length > 0) messages.set(message_id, inline);
      const shown = rowsIn(markup, 'keyboard', (key) => ({
        kind: 'key',
        label: textIn(key, 'text'),
        shares: sharesOf(key),
      }));
      if (shown.length > 0 || memberOf(markup, 'remove_keyboard') === true) keys = shown;
      return labelsOf([...inline, ...shown]);
    },
    change(message_id, payload) {
      messages.delete(message_id);
      return this.show(message_id, payload);
    },
    forget: (message_id) => void messages.delete(message_id),
    find: (label) => all().find((each) => each.label === label) ?? null,
    labels: () => all().map(({ label }) => label),
  };
}

function labelsOf(rows: readonly Pressable[][]): string[][] {
  return rows.map((row) => row.map(({ label }) => label));
}

function rowsIn(markup: JsonValue | undefined, name: string, read: (button: JsonObject) => Pressable): Pressable[][] {
  const rows = memberOf(markup, name);
  return listOf(rows).map((row) => listOf(row).flatMap((button) => (isJsonObject(button) ? [read(button)] : [])));
}

function sharesOf(key: JsonObject): 'contact' | 'location' | null {
  if (key.request_contact === true) return 'contact';
  return key.request_location === true ? 'location' : null;
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) ? value[name] : undefined;
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isList(value) ? value : [];
}

function textIn(value: JsonObject, name: string): string {
  return textOrNull(value[name]) ?? '';
}

function textOrNull(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
