import { badRequest } from '../call/api-error.ts';
import { isObject } from '../parameters/read-parameters.ts';
import type { Method, MethodCall } from '../sending/method-call.ts';
import type { BotCommand, JsonObject } from '../telegram-objects.ts';

export const setMyCommands: Method = (call) => {
  const commands = (call.parameters.list('commands') ?? []).filter(isObject);
  if (commands.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  call.bot.commands.set(commandScope(call), commands.map(readCommand));
  return true;
};

function readCommand(given: JsonObject): BotCommand {
  const { command, description } = given;
  if (typeof command !== 'string' || !/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  if (typeof description !== 'string' || description.trim() === '' || description.length > 256)
    throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  return { ...given, command, description };
}

/** Returns the key that commands are stored under: they differ per scope and language. */
export function commandScope({ parameters }: MethodCall): string {
  const scope = parameters.object('scope') ?? { type: 'default' };
  return [scope.type, scope.chat_id ?? '', scope.user_id ?? '', parameters.string('language_code') ?? ''].join(':');
}

/** Checks that a language code has two letters, as Telegram requires. */
export function checkLanguage({ parameters }: MethodCall): void {
  const code = parameters.string('language_code') ?? '';
  if (!/^([a-z]{2})?$/.test(code)) throw badRequest('LANG_CODE_INVALID');
}
