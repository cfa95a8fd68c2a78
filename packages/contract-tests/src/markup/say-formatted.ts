import { advance, buildBotProgram, IDLE_SESSION } from '@botloom/core/flow';

export interface SentText {
  readonly text: string;
  readonly entities: readonly { readonly type: string; readonly offset: number; readonly length: number }[];
}

/**
 * Returns what a message step with this text sends, where `{{ v }}` is replaced by the value: the payload for Telegram
 * as the engine produces it.
 */
export function sayFormatted(source: string, parse_mode: string, value: string): readonly SentText[] {
  const flow_data = { response: 'x', variables: {} };
  const steps = [
    { id: 'm', type: 'message', text: source.replaceAll('{{ v }}', '{{ user.attributes.v }}'), parse_mode },
  ];
  const program = buildBotProgram({ id: 'b', name: 'B', username: 'b_bot' }, [
    {
      ...flow_data,
      flow_id: 'f',
      version_id: 1,
      name: 'F',
      flow_data: { steps },
      trigger_command: null,
      is_default: true,
    },
  ]);
  const user = {
    id: 'u',
    chat_id: 7,
    username: null,
    first_name: 'Ann',
    last_name: null,
    language: null,
    phone: null,
    tags: [],
    attributes: { v: value },
  };
  const { effects, trace } = advance(
    program,
    IDLE_SESSION,
    { kind: 'message', type: 'text', text: 'x', command: null, telegram_message_id: 1, content: {} },
    { event_id: 'e', now: 0, random: () => 0, user, chat: { id: 7, type: 'private', thread_id: 0 } },
  );
  const odd = trace.find(({ kind }) => kind === 'markup_unreadable' || kind === 'step_failed');
  if (odd !== undefined) throw new Error(`${odd.kind}: ${odd.detail ?? ''}`);
  return effects.flatMap((effect) => {
    if (effect.kind !== 'send') return [];
    // The payload as the engine produces it.
    const { text, entities = [] } = effect.payload as unknown as { text: string; entities?: SentText['entities'] };
    return [{ text, entities }];
  });
}
