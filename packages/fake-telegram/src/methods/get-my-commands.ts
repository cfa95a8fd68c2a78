import type { Method } from './method.ts';
import { commandScope } from './set-my-commands.ts';

export const getMyCommands: Method = (call) => call.bot.commands.get(commandScope(call)) ?? [];
