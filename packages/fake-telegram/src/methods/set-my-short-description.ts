import { badRequest } from '../call/api-error.ts';
import type { Method } from '../sending/method-call.ts';
import { checkLanguage } from './set-my-commands.ts';

export const setMyShortDescription: Method = (call) => {
  const { bot, parameters } = call;
  checkLanguage(call);
  const text = parameters.string('short_description') ?? '';
  if (text.length > 120) throw badRequest('BOT_SHORT_DESCRIPTION_TOO_LONG');
  const language = parameters.string('language_code') ?? '';
  // An empty description is removed. Users then see the default description.
  if (text === '') bot.short_descriptions.delete(language);
  else bot.short_descriptions.set(language, text);
  return true;
};
