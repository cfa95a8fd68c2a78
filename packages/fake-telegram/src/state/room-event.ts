import type { Message } from '../telegram-objects.ts';

/** What can happen in a room. `from` is the id of who did it. */
export type RoomEvent =
  | { kind: 'message'; from: number; message: Message }
  | { kind: 'edit'; from: number; message: Message }
  | { kind: 'delete'; from: number; message_id: number }
  | { kind: 'press'; from: number; message_id: number; text: string }
  | { kind: 'answer'; from: number; to: number; text: string; show_alert: boolean; url: string | undefined }
  | { kind: 'checkout'; from: number; message_id: number }
  /** The text is why the payment is refused, and empty when it is taken. */
  | { kind: 'checkout_answer'; from: number; query_id: string; text: string }
  | { kind: 'action'; from: number; action: string }
  | { kind: 'block'; from: number; blocked: boolean };
