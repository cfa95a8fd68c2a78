import { readChatId } from '../../model/chat-names.ts';
import type { FlowAnalysis } from '../analyze-flow.ts';
import { nearestHint } from '../did-you-mean.ts';
import type { FlowProblem } from '../flow-problem.ts';

/** Names of chats that the bot's settings do not have. */
export function unknownChats({ steps }: FlowAnalysis, chats: ReadonlySet<string>): FlowProblem[] {
  return steps.flatMap(({ path, step: value }): FlowProblem[] => {
    const name = value?.kind === 'notify' ? (value.to.constant?.trim() ?? '') : '';
    if (name === '' || readChatId(name) !== null || chats.has(name)) return [];
    const hint = nearestHint(name, [...chats]) ?? 'Name it in the bot\'s setting "chats", with its number.';
    return [{ path: `${path}/to`, code: 'unknown_chat', message: `The bot has no chat "${name}"`, hint }];
  });
}
