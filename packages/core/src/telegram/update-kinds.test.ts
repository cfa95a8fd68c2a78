import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type TestContext } from 'vitest';
import { z } from 'zod';
import { MESSAGE_TYPES } from './message-content.ts';
import { SUBSCRIBED_KINDS, UPDATE_KINDS } from './update-kinds.ts';

const field = z.array(z.object({ name: z.string(), types: z.array(z.string()), required: z.boolean() }));
const spec = z.object({ types: z.record(z.string(), z.object({ fields: field.optional() })) });
const delta = z.object({ type_fields_added: z.record(z.string(), field) });

/** Members of `Message` that describe the message. The other members are its content. */
const ABOUT = new Set([
  'message_thread_id',
  'direct_messages_topic',
  'from',
  'sender_chat',
  'sender_boost_count',
  'sender_business_bot',
  'sender_tag',
  'receiver_user',
  'ephemeral_message_id',
  'guest_query_id',
  'business_connection_id',
  'forward_origin',
  'is_topic_message',
  'is_automatic_forward',
  'reply_to_message',
  'external_reply',
  'quote',
  'reply_to_story',
  'reply_to_checklist_task_id',
  'reply_to_poll_option_id',
  'via_bot',
  'guest_bot_caller_user',
  'guest_bot_caller_chat',
  'edit_date',
  'has_protected_content',
  'is_from_offline',
  'is_paid_post',
  'media_group_id',
  'author_signature',
  'paid_star_count',
  'entities',
  'link_preview_options',
  'suggested_post_info',
  'effect_id',
  'caption',
  'caption_entities',
  'show_caption_above_media',
  'has_media_spoiler',
  'reply_markup',
]);

test('the table contains every kind of update of the Bot API', (context) => {
  expect(Object.keys(UPDATE_KINDS).sort()).toEqual(membersOf('Update', context).sort());
});

test('the list of message types contains every content of the Bot API', (context) => {
  expect([...MESSAGE_TYPES].sort()).toEqual(
    membersOf('Message', context)
      .filter((name) => !ABOUT.has(name))
      .sort(),
  );
});

test('only kinds that are used are subscribed to', () => {
  expect(SUBSCRIBED_KINDS).toContain('message');
  expect(SUBSCRIBED_KINDS).not.toContain('inline_query');
});

/** The optional members of a type, of Bot API 10.3. */
function membersOf(type: string, context: TestContext): string[] {
  const of10_2 = spec.parse(readData('telegram/bot-api.json', context)).types[type]?.fields ?? [];
  const of10_3 = delta.parse(readData('telegram/bot-api-10.3-delta.json', context)).type_fields_added[type] ?? [];
  return [...of10_2, ...of10_3].filter(({ required }) => !required).map(({ name }) => name);
}

function readData(path: string, context: TestContext): unknown {
  const file = join(process.env.BOTLOOM_SHARED_DIR ?? join(import.meta.dirname, '../../../../../shared'), path);
  if (!existsSync(file)) context.skip(`the optional data ../shared/${path} is not on this machine`);
  return JSON.parse(readFileSync(file, 'utf8'));
}
