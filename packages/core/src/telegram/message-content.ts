import type { JsonValue } from '../model/index.ts';
import { arrayOf, idOf, objectOf, stringOf, type Fields } from './fields.ts';

/** Content of a message for the log and the flows. */
export interface MessageContent {
  /**
   * The member of Message in the Bot API that has the content: text, photo, new_chat_members, …; `unknown` for a type
   * that is not in the lists below.
   */
  readonly type: string;
  readonly file_id: string | null;
  /** True for a service message, which Telegram created (a join, a pin, a topic) and not the user. */
  readonly is_service: boolean;
}

/**
 * The order matters: a message with an `animation` also has a `document`, one with a `live_photo` a `photo`, and one
 * with a `venue` a `location`.
 */
const CONTENT_TYPES = [
  'text',
  'animation',
  'live_photo',
  'photo',
  'video',
  'voice',
  'audio',
  'video_note',
  'sticker',
  'document',
  'paid_media',
  'story',
  'contact',
  'venue',
  'location',
  'poll',
  'dice',
  'game',
  'checklist',
  'invoice',
  'successful_payment',
  'users_shared',
  'chat_shared',
  'web_app_data',
  'passport_data',
  'rich_message',
  'gift',
  'unique_gift',
  'giveaway',
  'giveaway_winners',
] as const;

const SERVICE_TYPES = [
  'new_chat_members',
  'left_chat_member',
  'refunded_payment',
  'chat_owner_left',
  'chat_owner_changed',
  'new_chat_title',
  'new_chat_photo',
  'delete_chat_photo',
  'group_chat_created',
  'supergroup_chat_created',
  'channel_chat_created',
  'message_auto_delete_timer_changed',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'pinned_message',
  'gift_upgrade_sent',
  'connected_website',
  'write_access_allowed',
  'proximity_alert_triggered',
  'boost_added',
  'chat_background_set',
  'checklist_tasks_done',
  'checklist_tasks_added',
  'community_chat_added',
  'community_chat_removed',
  'community_chat_joined',
  'direct_message_price_changed',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
  'giveaway_created',
  'giveaway_completed',
  'managed_bot_created',
  'paid_message_price_changed',
  'poll_option_added',
  'poll_option_deleted',
  'suggested_post_approved',
  'suggested_post_approval_failed',
  'suggested_post_declined',
  'suggested_post_paid',
  'suggested_post_refunded',
  'video_chat_scheduled',
  'video_chat_started',
  'video_chat_ended',
  'video_chat_participants_invited',
] as const;

export function readMessageContent(message: Fields): MessageContent {
  for (const type of CONTENT_TYPES) {
    const content = message[type];
    if (content !== undefined && content !== null) return { type, file_id: fileId(content), is_service: false };
  }
  for (const type of SERVICE_TYPES) {
    const content = message[type];
    if (content !== undefined && content !== null) return { type, file_id: fileId(content), is_service: true };
  }
  return { type: 'unknown', file_id: null, is_service: false };
}

/** Every member of Message that has content. A test compares this list with the one of Telegram. */
export const MESSAGE_TYPES: readonly string[] = [...CONTENT_TYPES, ...SERVICE_TYPES];

/** Returns the ID of a file, or of the largest size in a list of sizes. */
function fileId(content: JsonValue): string | null {
  if (!Array.isArray(content)) return stringOf(objectOf(content)?.file_id);
  let best: string | null = null;
  let bestArea = -1;
  for (const size of arrayOf(content)) {
    const fields = objectOf(size);
    const id = stringOf(fields?.file_id);
    const area = (idOf(fields?.width) ?? 0) * (idOf(fields?.height) ?? 0);
    if (id !== null && area >= bestArea) {
      best = id;
      bestArea = area;
    }
  }
  return best;
}
