import { badRequest } from '../call/api-error.ts';
import type { Method } from '../sending/method-call.ts';
import { sendContent } from '../sending/send-content.ts';

const faces: Record<string, number | undefined> = { '🎲': 6, '🎯': 6, '🎳': 6, '🏀': 5, '⚽': 5, '🎰': 64 };

/** Sends a dice. Its value is derived from the message ID, so that a test is repeatable. */
export const sendDice: Method = (call) => {
  const emoji = call.parameters.string('emoji') ?? '🎲';
  const most = faces[emoji.replace('\u{FE0F}', '')];
  if (most === undefined) throw badRequest('wrong dice emoji specified');
  return sendContent(call, { dice: { emoji, value: (call.bot.last_message_id % most) + 1 } });
};
