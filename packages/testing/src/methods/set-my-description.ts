import type { Method } from './method.ts';

export const setMyDescription: Method = ({ bot, parameters }) => {
  bot.descriptions.set(parameters.string('language_code') ?? '', parameters.string('description') ?? '');
  return true;
};
