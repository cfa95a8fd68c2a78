import type { Method } from '../sending/method-call.ts';

export const getMyShortDescription: Method = ({ bot, parameters }) => {
  const texts = bot.short_descriptions;
  return { short_description: texts.get(parameters.string('language_code') ?? '') ?? texts.get('') ?? '' };
};
