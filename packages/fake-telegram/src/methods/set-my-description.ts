import { badRequest } from '../call/api-error.ts';
import type { Method } from '../sending/method-call.ts';
import { checkLanguage } from './set-my-commands.ts';

export const setMyDescription: Method = (call) => {
  const { bot, parameters } = call;
  checkLanguage(call);
  const text = parameters.string('description') ?? '';
  if (text.length > 512) throw badRequest('BOT_DESCRIPTION_TOO_LONG');
  const language = parameters.string('language_code') ?? '';
  // An empty description is removed. Users then see the default description.
  if (text === '') bot.descriptions.delete(language);
  else bot.descriptions.set(language, text);
  return true;
};
