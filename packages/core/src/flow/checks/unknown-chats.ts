import { readChatId } from '../../model/chat-names.ts';
import type { FlowAnalysis } from '../analyze-flow.ts';
import { nearestHint } from '../did-you-mean.ts';
import type { FlowProblem } from '../flow-problem.ts';

/** Finds names of chats that are not in the settings of the bot. */
export function unknownChats({ steps }: FlowAnalysis, chats: ReadonlySet<string>): FlowProblem[] {
  return steps.flatMap(({ path, step: value }): FlowProblem[] => {
    const name = value?.kind === 'notify' ? (value.to.constant?.trim() ?? '') : '';
    if (name === '' || readChatId(name) !== null || chats.has(name)) return [];
    const hint = nearestHint(name, [...chats]) ?? 'Add the name and the chat ID to the bot\'s setting "chats".';
    return [{ path: `${path}/to`, code: 'unknown_chat', message: `The bot has no chat "${name}"`, hint }];
  });
}
