import type { Method } from '../sending/method-call.ts';

export const getMyDescription: Method = ({ bot, parameters }) => ({
  description: bot.descriptions.get(parameters.string('language_code') ?? '') ?? bot.descriptions.get('') ?? '',
});
