import type { Method } from '../sending/method-call.ts';
import { commandScope } from './set-my-commands.ts';

export const getMyCommands: Method = (call) => call.bot.commands.get(commandScope(call)) ?? [];
