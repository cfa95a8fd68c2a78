import type { Method } from '../sending/method-call.ts';
import { checkLanguage, commandScope } from './set-my-commands.ts';

export const deleteMyCommands: Method = (call) => {
  checkLanguage(call);
  call.bot.commands.delete(commandScope(call));
  return true;
};
