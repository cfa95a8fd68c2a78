import type { JsonObject } from '../../model/index.ts';
import { asciiDigits } from './ascii-digits.ts';
import { objectMember, textMember } from './content-of.ts';
import { REJECTED, typedText, type InputBehavior, type ReadResult } from './input-behavior.ts';
import { shareKeyboard } from './share-keyboard.ts';

export const phoneBehavior: InputBehavior<'phone'> = {
  expects({ country_code, button }, run) {
    const number = country_code === null ? ' with its country code, such as +491701234567' : '';
    const canShare = button !== null && run.env.chat.type === 'private';
    return `Please send a phone number${number}${canShare ? ', or share yours with the button below' : ''}.`;
  },
  read(input, event, run) {
    const contact = objectMember(event.content, 'contact');
    if (contact !== null) return readShared(contact, run.env.user.chat_id);
    const number = normalize(typedText(event) ?? '', input.country_code);
    return number === null ? REJECTED : { value: number };
  },
  keyboard: (input, run) => shareKeyboard(input.button, 'request_contact', run),
};

/** Only the person's own number is verified by Telegram. */
function readShared(contact: JsonObject, person: number): ReadResult {
  if (contact.user_id !== person)
    return { refused: 'This is the contact of another person. Please share your own, or type a number.' };
  const number = normalize(`+${(textMember(contact, 'phone_number') ?? '').replace(/^\+/, '')}`, null);
  return number === null ? REJECTED : { value: number };
}

/** Returns `+` and 7 to 15 digits (E.164); null for anything else. */
function normalize(typed: string, country_code: string | null): string | null {
  const text = asciiDigits(typed)
    .replace(/[\s()./\u2010-\u2015-]/g, '')
    .replace(/^\uff0b/, '+');
  const full = text.startsWith('00') ? `+${text.slice(2)}` : text;
  const number = full.startsWith('+') || country_code === null ? full : `${country_code}${full.replace(/^0/, '')}`;
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : null;
}
