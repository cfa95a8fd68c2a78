import { normalizeText } from './compile-triggers.ts';
import type { TriggerSource } from './trigger-schema.ts';

/** Returns the names of a trigger that no other flow of the bot may use, as messages show them, and their fields. */
export function exclusiveNames({
  kind,
  command,
  payload,
  words,
  match,
  data,
  event,
  emoji,
}: TriggerSource): readonly { readonly name: string; readonly key: string }[] {
  switch (kind) {
    case 'command':
      return command === undefined ? [] : [commandName(command, payload, match)];
    case 'keyword':
      return match === 'part'
        ? []
        : (words ?? []).map((word, at) => ({ name: `"${normalizeText(word)}"`, key: `words/${at}` }));
    case 'callback':
      return data === undefined
        ? []
        : [{ name: `${match === 'start' ? 'data that starts with' : 'the data'} "${data}"`, key: 'data' }];
    case 'event':
      if (event === undefined) return [];
      return emoji === undefined
        ? [{ name: `the event "${event}"`, key: 'event' }]
        : emoji.map((one, at) => ({ name: `the reaction ${one}`, key: `emoji/${at}` }));
    case 'payment':
      return [{ name: 'payments', key: 'kind' }];
    case 'fallback':
      return [{ name: 'the fallback', key: 'kind' }];
    case 'pattern':
    case 'schedule':
    case 'first_contact':
      return [];
  }
}

function commandName(
  command: string,
  payload: TriggerSource['payload'],
  match: TriggerSource['match'],
): { readonly name: string; readonly key: string } {
  const name = `/${command.replace(/^\//, '').toLowerCase()}`;
  if (payload === undefined) return { name, key: 'command' };
  return { name: `${name} ${payload}${match === 'start' ? '…' : ''}`, key: 'payload' };
}
