import type { Method } from './method.ts';

export const setMyShortDescription: Method = ({ bot, parameters }) => {
  bot.short_descriptions.set(parameters.string('language_code') ?? '', parameters.string('short_description') ?? '');
  return true;
};
