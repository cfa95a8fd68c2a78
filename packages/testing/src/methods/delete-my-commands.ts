import type { Method } from './method.ts';
import { commandScope } from './set-my-commands.ts';

export const deleteMyCommands: Method = (call) => {
  call.bot.commands.delete(commandScope(call));
  return true;
};
