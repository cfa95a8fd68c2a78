import { expect } from 'vitest';
import type { Line } from './lines.ts';

/** The next reply has at least these members. */
export function receives(members: Readonly<Record<string, unknown>>): Line {
  return async ({ person }) => {
    expect(await person('Ann').expectReply()).toMatchObject(members);
  };
}

/** The next edit sets this text; the edited message is the stored one. */
export function changes(text: string, on?: string, keyboard?: readonly (readonly string[])[]): Line {
  return async ({ person, memory }) => {
    const message = await person('Ann').expectEdit(text);
    if (on !== undefined) expect(message.message_id).toBe(memory.get(on)?.message_id);
    if (keyboard !== undefined)
      expect(message.reply_markup?.inline_keyboard.map((row) => row.map((button) => button.text))).toEqual(keyboard);
  };
}

/** The bot has edited a message so that it has these members. */
export function changesInto(kind: string, caption: string): Line {
  return ({ person }) =>
    person('Ann').expectEdit((message) => message.caption === caption && kind in message && message.text === undefined);
}
