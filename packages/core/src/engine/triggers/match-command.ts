import type { BotProgram, CompiledVersion } from '../../flow/index.ts';
import type { EventOf } from '../event.ts';

/** A flow, and the text after its command. */
export interface CommandMatch {
  readonly version: CompiledVersion;
  readonly args: string;
}

/**
 * Returns the flow that a command starts. One that requires this exact text after the command comes before one that
 * accepts any.
 */
export function matchCommand(
  { commands, payload_triggers }: BotProgram,
  command: EventOf<'message'>['command'],
): CommandMatch | null {
  if (command === null) return null;
  const { args } = command;
  const name = command.name.toLowerCase();
  for (const { trigger, version } of payload_triggers) {
    const { payload, is_exact: is_whole } = trigger;
    if (trigger.command === name && (is_whole ? args === payload : args.startsWith(payload)))
      return { version, args: args.slice(payload.length) };
  }
  const version = commands.get(name);
  return version === undefined ? null : { version, args };
}
