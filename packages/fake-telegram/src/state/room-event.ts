import type { Message } from '../telegram-objects.ts';

/** An event of a room. `from` is the ID of the person or bot that caused it. */
export type RoomEvent =
  | { kind: 'message'; from: number; message: Message }
  | { kind: 'edit'; from: number; message: Message }
  | { kind: 'delete'; from: number; message_id: number }
  | { kind: 'press'; from: number; message_id: number; text: string }
  | { kind: 'answer'; from: number; to: number; text: string; show_alert: boolean; url: string | undefined }
  | { kind: 'checkout'; from: number; message_id: number }
  /** The text is the reason for a refused payment. It is empty if the payment is accepted. */
  | { kind: 'checkout_answer'; from: number; query_id: string; text: string }
  | { kind: 'action'; from: number; action: string }
  | { kind: 'block'; from: number; blocked: boolean };
