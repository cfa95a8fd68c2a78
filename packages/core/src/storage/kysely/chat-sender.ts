import type { SessionKey } from '../update-batch.ts';

/** What a chat's row says about who sends; see `SessionTable`. */
export interface SenderRecord {
  readonly sender: string | null;
  readonly is_given: boolean;
}

/** Who sends the new rows of a chat. */
export interface ChatSender {
  readonly key: SessionKey;
  readonly owner: string;
  /** What is to be noted in the chat's row; null when it says so already. */
  readonly record: SenderRecord | null;
  /** The owner is the caller, and there are rows of the chat that it may not know of. */
  readonly in_table: boolean;
}

/** What is unsent in a chat, as far as it matters. */
export interface UnsentOwners {
  /** The live other instance that has the newest unsent row; null: none has any. */
  readonly other: string | null;
  /** Whether the caller has unsent rows there. */
  readonly mine: boolean;
}

export const NO_SENDER_RECORD: SenderRecord = { sender: null, is_given: false };

/** The row that stands for a chat (see `chatSessionKey`): people's ids are positive, those of groups and channels negative. */
export function chatKeyOf(bot_id: string, chat_id: number): SessionKey {
  return { bot_id, chat_id, thread_id: 0, user_id: chat_id > 0 ? chat_id : 0 };
}

/** Whether the chat's unsent rows must be looked at: somebody else sent there last. The common case is no. */
export function needsUnsentCheck(caller: string, { sender }: SenderRecord): boolean {
  return sender !== null && sender !== caller;
}

/**
 * The rule that keeps a chat in order on any number of instances: new rows go to whoever alive has unsent ones of the chat, else to the caller.
 *
 * @param unsent what was found when `needsLook` said so
 */
export function chooseSender(
  caller: string,
  key: SessionKey,
  record: SenderRecord,
  unsent: UnsentOwners | null,
): ChatSender {
  const owner = unsent?.other ?? caller;
  const is_given = owner !== caller;
  const isRecorded = record.sender === owner && record.is_given === is_given;
  return {
    key,
    owner,
    record: isRecorded ? null : { sender: owner, is_given },
    in_table: !is_given && (record.sender === caller ? record.is_given : unsent?.mine === true),
  };
}
