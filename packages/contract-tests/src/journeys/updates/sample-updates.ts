const ann = { id: 101, is_bot: false, first_name: 'Ann', username: 'ann', language_code: 'en' };
const bob = { id: 102, is_bot: false, first_name: 'Bob' };
const carl = { id: 103, is_bot: false, first_name: 'Carl' };
const dora = { id: 104, is_bot: false, first_name: 'Dora' };
const eve = { id: 105, is_bot: false, first_name: 'Eve' };
const group = { id: -1_001_234_567_890, type: 'supergroup', title: 'Friends', is_forum: true };
const channel = { id: -1_009_876_543_210, type: 'channel', title: 'News' };

/** Handmade updates, a few of every kind, for machines that do not have the collection of real ones. */
export const SAMPLE_UPDATES: readonly Readonly<Record<string, unknown>>[] = [
  { message: message(1, { text: '/start', entities: [{ type: 'bot_command', offset: 0, length: 6 }] }) },
  { message: message(2, { text: 'plain' }) },
  { edited_message: { ...message(2, { text: 'changed' }), edit_date: 1_700_000_100 } },
  { edited_message: { ...message(90, { text: 'changed, and never seen before' }), edit_date: 1_700_000_100 } },
  { message: message(3, { text: 'nul\0 and half a pair \ud83d' }) },
  { message: message(4, { photo: [size('small', 90), size('large', 800), size('middle', 320)], caption: 'A photo' }) },
  { message: message(5, { animation: file('animation'), document: file('document') }) },
  { message: message(6, { venue: { location: point(), title: 'Café', address: 'Street 1' }, location: point() }) },
  { message: message(7, { contact: { phone_number: '+4712345678', first_name: 'Ann', user_id: 101 } }) },
  { message: message(8, { contact: { phone_number: '+4787654321', first_name: 'Someone', user_id: 999 } }) },
  { message: message(9, { text: 'renamed' }, { ...ann, first_name: 'Anna', last_name: 'Berg', username: undefined }) },
  { message: message(10, { text: 'a bot wrote this' }, { id: 555, is_bot: true, first_name: 'Robot' }) },
  { message: { ...message(11, { text: 'as the group' }), chat: group, sender_chat: group } },
  { message: { ...message(12, { text: 'in a topic' }), chat: group, is_topic_message: true, message_thread_id: 7 } },
  { message: { ...message(13, { text: 'a reply, in no topic' }), chat: group, message_thread_id: 7 } },
  {
    message: {
      ...message(14, { new_chat_members: [{ id: 556, is_bot: false, first_name: 'Newcomer' }] }),
      chat: group,
    },
  },
  { message: { ...message(15, { text: '/order@a_bot_of_others' }), chat: group } },
  { message: message(16, { holo: { of: 'the future' } }) },
  { message: { message_id: 17, date: 1_700_000_000 } },
  { channel_post: { message_id: 1, date: 1_700_000_000, chat: channel, sender_chat: channel, text: 'News' } },
  {
    edited_channel_post: {
      message_id: 1,
      date: 1_700_000_000,
      edit_date: 1_700_000_100,
      chat: channel,
      sender_chat: channel,
      text: 'Better news',
    },
  },
  {
    callback_query: {
      id: '1',
      from: ann,
      chat_instance: '1',
      data: 'nobody knows it',
      message: message(18, { text: 'Pick' }),
    },
  },
  { callback_query: { id: '2', from: bob, chat_instance: '2', data: 'x', inline_message_id: 'inline' } },
  { inline_query: { id: '1', from: carl, query: 'cats', offset: '' } },
  { chosen_inline_result: { result_id: '1', from: carl, query: 'cats' } },
  { business_connection: { id: 'b', user: carl, user_chat_id: 103, date: 1_700_000_000, is_enabled: true } },
  { business_message: { ...message(19, { text: 'to a business' }), business_connection_id: 'b' } },
  { deleted_business_messages: { business_connection_id: 'b', chat: { id: 101, type: 'private' }, message_ids: [19] } },
  {
    message_reaction: {
      chat: group,
      message_id: 1,
      user: carl,
      date: 1_700_000_000,
      old_reaction: [],
      new_reaction: [{ type: 'emoji', emoji: '👍' }],
    },
  },
  { shipping_query: { id: '1', from: dora, invoice_payload: 'p', shipping_address: {} } },
  { pre_checkout_query: { id: '1', from: dora, currency: 'XTR', total_amount: 1, invoice_payload: 'p' } },
  { purchased_paid_media: { from: dora, paid_media_payload: 'p' } },
  { poll: { id: '1', question: 'Tea?', options: [], total_voter_count: 0, is_closed: false } },
  { poll_answer: { poll_id: '1', user: bob, option_ids: [0] } },
  { poll_answer: { poll_id: '1', voter_chat: channel, option_ids: [0] } },
  { my_chat_member: membership({ id: 104, type: 'private', first_name: 'Dora' }, dora, 'member', 'kicked') },
  { my_chat_member: membership(group, eve, 'left', 'administrator') },
  { my_chat_member: membership({ id: 101, type: 'private', first_name: 'Ann' }, ann, 'member', 'kicked') },
  { my_chat_member: membership({ id: 101, type: 'private', first_name: 'Ann' }, ann, 'kicked', 'member') },
  { chat_member: membership(group, eve, 'left', 'member') },
  { chat_join_request: { chat: group, from: eve, user_chat_id: 105, date: 1_700_000_000 } },
  {
    chat_boost: {
      chat: channel,
      boost: {
        boost_id: '1',
        add_date: 1_700_000_000,
        expiration_date: 1_800_000_000,
        source: { source: 'premium', user: eve },
      },
    },
  },
  { stopped_message_generation: { chat: { id: 101, type: 'private' } } },
  { holo_call: { from: eve } },
  {},
];

function message(message_id: number, content: object, from: object = ann): object {
  return { message_id, from, chat: { id: 101, type: 'private', first_name: 'Ann' }, date: 1_700_000_000, ...content };
}

function membership(chat: object, from: object, before: string, after: string): object {
  const user = { id: 42, is_bot: true, first_name: 'The bot' };
  return {
    chat,
    from,
    date: 1_700_000_000,
    old_chat_member: { user, status: before },
    new_chat_member: { user, status: after },
  };
}

function size(file_id: string, side: number): object {
  return { file_id, file_unique_id: file_id, width: side, height: side };
}

function file(file_id: string): object {
  return { file_id, file_unique_id: file_id, mime_type: 'video/mp4' };
}

function point(): object {
  return { latitude: 60.39, longitude: 5.32 };
}
