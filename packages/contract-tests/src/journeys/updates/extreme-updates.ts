const person = { id: 31, is_bot: false, first_name: 'Max' };

/**
 * Updates that Telegram would never send, but that are valid. However they are processed, no chat may have to wait
 * behind them.
 */
export const EXTREME_UPDATES: readonly Readonly<Record<string, unknown>>[] = [
  { update_id: Number.MAX_SAFE_INTEGER },
  { update_id: 0 },
  { update_id: 1, message: message({ from: { ...person, first_name: noise(100_000) } }) },
  {
    update_id: 2,
    message: message({
      from: { ...person, username: noise(100_000), last_name: noise(100_000), language_code: noise(10_000) },
    }),
  },
  { update_id: 3, message: message({ text: noise(300_000) }) },
  {
    update_id: 4,
    message: message({
      chat: { id: Number.MAX_SAFE_INTEGER, type: 'private' },
      from: { ...person, id: Number.MAX_SAFE_INTEGER },
    }),
  },
  { update_id: 5, message: message({ chat: { id: Number.MIN_SAFE_INTEGER, type: 'supergroup' } }) },
  {
    update_id: 6,
    message: message({
      message_id: Number.MAX_SAFE_INTEGER,
      is_topic_message: true,
      message_thread_id: Number.MAX_SAFE_INTEGER,
    }),
  },
  { update_id: 7, message: message({ message_id: -1, date: -1 }) },
  { update_id: 8, message: message({ text: undefined, document: { file_id: noise(10_000) } }) },
  { update_id: 9, message: message({ text: undefined, location: { latitude: 1e308, longitude: -1e308 } }) },
  { update_id: 10, message: message({ text: undefined, ['\0'.repeat(3)]: { ['\ud800']: '\udc00\0' } }) },
  { update_id: 11, message: message({ text: undefined, deep: nested(95) }) },
  {
    update_id: 12,
    message: message({ text: undefined, contact: { user_id: person.id, phone_number: noise(10_000) } }),
  },
  { update_id: 13, callback_query: { id: noise(1_000), from: person, data: noise(10_000), message: message({}) } },
  { update_id: 14, callback_query: { id: '1', from: person } },
  { update_id: 15, poll_answer: { poll_id: 1, user: person, option_ids: 'none' } },
  { update_id: 16, message: [] },
  { update_id: 17, message: 'text' },
  { update_id: 18, message: { from: 1, chat: 2, text: 3, entities: 4, photo: 5 } },
  {
    update_id: 19,
    message: message({
      entities: Array.from({ length: 5_000 }, () => ({ type: 'bot_command', offset: -1, length: 1e300 })),
    }),
  },
  { update_id: 20, ['__proto__x']: { constructor: { prototype: {} } }, toString: 1, hasOwnProperty: message({}) },
];

function message(content: object): object {
  return {
    message_id: 1,
    from: person,
    chat: { id: person.id, type: 'private' },
    date: 1_700_000_000,
    text: 'hello',
    ...content,
  };
}

/** Text that does not compress, so that its size in an index is its real size. The same in every run. */
function noise(length: number): string {
  let state = 1;
  const characters = Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(0x4e00 + (state % 20_000));
  });
  return characters.join('');
}

function nested(depth: number): unknown {
  return depth === 0 ? 1 : [nested(depth - 1)];
}
