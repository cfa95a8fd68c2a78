/** Content of an invoice's payload: who pays, and which visit of which step it belongs to. */
export interface InvoicePayload {
  /** The visit: see `Wait`. */
  readonly token: string;
  /** True if it may be paid after the session has continued. */
  readonly accepts_late: boolean;
  readonly version_id: number;
  /** Index of the step in the document. */
  readonly step: number;
  readonly chat_id: number;
  readonly thread_id: number;
  /** Telegram's ID of the person who has to pay. */
  readonly user_id: number;
}

/**
 * Telegram accepts 128 bytes and returns them with the pre-checkout query and with the payment. The person never sees
 * them and cannot change them.
 */
export function encodeInvoicePayload({
  token,
  accepts_late,
  version_id,
  step,
  chat_id,
  thread_id,
  user_id,
}: InvoicePayload): string {
  return ['bl1', accepts_late ? 'l' : 's', version_id, step, chat_id, thread_id, user_id, token].join(':');
}

/** Returns null for an invoice that was not created by a flow. */
export function decodeInvoicePayload(payload: string): InvoicePayload | null {
  const [, late, version_id, step, chat_id, thread_id, user_id, token] = PAYLOAD_PATTERN.exec(payload) ?? [];
  if (token === undefined) return null;
  return {
    token,
    accepts_late: late === 'l',
    version_id: Number(version_id),
    step: Number(step),
    chat_id: Number(chat_id),
    thread_id: Number(thread_id),
    user_id: Number(user_id),
  };
}

const PAYLOAD_PATTERN = /^bl1:([ls]):(\d{1,15}):(\d{1,5}):(-?\d{1,16}):(\d{1,15}):(\d{1,16}):([\w-]{1,50})$/;
