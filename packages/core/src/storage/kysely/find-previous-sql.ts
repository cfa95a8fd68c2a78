/** The message that a row of the outbox takes the place of; the index of a person's messages finds it, newest first. */
export function findPreviousSql(prefix: string, id: string): string {
  return `select p.telegram_message_id from ${prefix}message m
    join ${prefix}message p on p.user_id = m.user_id and p.bot_id = m.bot_id and p.chat_id = m.chat_id and p.thread_id = m.thread_id and p.flow_id = m.flow_id
      and p.direction = 'outgoing' and p.status = 'sent' and p.telegram_message_id is not null and p.id < m.id
    where m.id = ${id} order by p.created_at desc, p.id desc limit 1`;
}
