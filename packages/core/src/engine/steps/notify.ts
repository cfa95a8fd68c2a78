import { FLOW_LIMITS, type CompiledNotify } from '../../flow/index.ts';
import { readChatId } from '../../model/chat-names.ts';
import { addTrace, type Run } from '../run/run.ts';
import { renderText } from '../sending/render-text.ts';
import { consumeSendBudget } from '../sending/send.ts';
import { splitFormatted } from '../sending/split-formatted.ts';
import { render } from '../values/render.ts';
import type { StepBehavior } from './step-behavior.ts';

export const notifyBehavior: StepBehavior<'notify'> = {
  enter(step, run) {
    const chat_id = chatOf(step, run);
    if (run.env.hasFullBacklog?.(chat_id) === true) throw new Error(`too many unsent messages in the chat ${chat_id}`);
    const parts = splitFormatted(renderText(step.text, run, step.id), FLOW_LIMITS.text);
    if (parts.length === 0) addTrace(run, 'text_empty', step.id);
    for (const { text, entities } of parts) {
      if (!consumeSendBudget(run)) return null;
      const payload = { text, ...(entities.length === 0 ? {} : { entities }), ...step.options };
      run.effects.push({
        kind: 'notify',
        chat_id,
        thread_id: step.thread_id,
        text,
        payload,
        flow_id: run.version.flow_id,
      });
    }
    return step.next;
  },
};

function chatOf({ to }: CompiledNotify, run: Run): number {
  const name = render(to, run).trim();
  const { chats = {} } = run.program.bot;
  const chat_id = readChatId(name) ?? (Object.hasOwn(chats, name) ? chats[name] : undefined);
  if (chat_id === undefined) throw new Error(`the bot has no chat ${JSON.stringify(name.slice(0, 64))}`);
  return chat_id;
}
