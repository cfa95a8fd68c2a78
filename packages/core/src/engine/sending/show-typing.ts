import type { CompiledContent } from '../../flow/index.ts';
import type { JsonObject } from '../../model/index.ts';
import type { Run } from '../run/run.ts';

/** Telegram shows a chat action for this many seconds. */
const CHAT_ACTION_SECONDS = 5;

/** Shows a chat action for this many seconds before the next message is sent; 0: without a pause. */
export function showTyping({ effects, env }: Run, content: CompiledContent | null, seconds: number): void {
  const action = CHAT_ACTIONS.get(content?.kind === 'media' ? content.type : (content?.kind ?? 'text')) ?? 'typing';
  const thread: JsonObject = env.chat.thread_id === 0 ? {} : { message_thread_id: env.chat.thread_id };
  for (let rest = seconds, isFirst = true; rest > 0 || isFirst; rest -= CHAT_ACTION_SECONDS, isFirst = false) {
    const pause = Math.max(0, Math.min(rest, CHAT_ACTION_SECONDS)) * 1000;
    effects.push({
      kind: 'call',
      method: 'sendChatAction',
      payload: { action, ...thread },
      ...(pause === 0 ? {} : { pause }),
    });
  }
}

const CHAT_ACTIONS: ReadonlyMap<string, string> = new Map([
  ['photo', 'upload_photo'],
  ['album', 'upload_photo'],
  ['video', 'upload_video'],
  ['animation', 'upload_video'],
  ['audio', 'upload_voice'],
  ['voice', 'record_voice'],
  ['document', 'upload_document'],
  ['sticker', 'choose_sticker'],
]);
