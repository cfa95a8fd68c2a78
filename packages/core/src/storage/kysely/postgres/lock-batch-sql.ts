/**
 * Claims the inputs, brings people up to date and locks sessions, in this order and each sorted by key: every later part takes only what
 * the one before it gave. Sessions are locked by reading their own rows (which gives the newest state, having waited); those that do not exist are
 * made. One that another transaction makes at the same time is in neither part: `makeSessionsSql` gets it.
 *
 * Two conditions are there for their cost: usually every bot is active and every session exists, and then nothing is compared with anything.
 *
 * Parameters: 1-2 inputs (bot, claim: the update's id, or the job's negated) · 3 now · 4 hour of now · 5-16 people (bot, claim, chat, username, first name,
 * last name, the three folded, language, phone, blocked) · 17-21 sessions (bot, claim, chat, thread, user) ·
 * with jobs besides: 22-23 people to read and lock, after those who are touched (bot, chat)
 *
 * Rows begin with their kind: b(ot) id revision active · c(laimed) bot claim · p(erson) bot chat id phone attributes profile_read_at new tags · k(nown person) bot chat id columns ·
 * s(ession) bot chat thread user version step state sender given
 *
 * @param withJobs whether some claims are jobs': deleting takes a part of its own, which most batches need not pay for
 */
export function lockBatchSql(tablePrefix: string, withJobs: boolean): string {
  return `
with input as (
  select i.bot_id, i.claim, b.is_active from unnest($1::uuid[], $2::bigint[]) i (bot_id, claim) join ${tablePrefix}bot b on b.id = i.bot_id
  where b.id = any($1::uuid[]) and b.deleted_at is null),
update_claim as (
  insert into ${tablePrefix}seen_update (bot_id, update_id, seen_at)
  select bot_id, claim, $3::timestamptz from input where claim >= 0 order by bot_id, claim
  on conflict do nothing returning bot_id, update_id as claim),
${
  withJobs
    ? `done_job as (
  delete from ${tablePrefix}job where id in (select -claim from input where claim < 0 and is_active) and (select count(*) from update_claim) is not null returning id),
claimed as (
  select bot_id, claim from update_claim union all select i.bot_id, i.claim from input i join done_job d on d.id = -i.claim),`
    : `claimed as not materialized (select bot_id, claim from update_claim),`
}
live as (
  select bot_id, claim from claimed where (select bool_and(is_active) from input) or bot_id in (select bot_id from input where is_active)),
person as (
  insert into ${tablePrefix}bot_user (bot_id, chat_id, username, first_name, last_name, username_folded, first_name_folded, last_name_folded, language, phone, is_blocked, is_active,
    first_interaction, last_interaction, active_hour)
  select distinct on (u.bot_id, u.chat_id) u.bot_id, u.chat_id, u.username, u.first_name, u.last_name, u.username_folded, u.first_name_folded, u.last_name_folded,
    u.language, u.phone, u.is_blocked, u.is_blocked is not true, $3::timestamptz, $3::timestamptz, $4::int
  from unnest($5::uuid[], $6::bigint[], $7::bigint[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::boolean[])
    with ordinality u (bot_id, claim, chat_id, username, first_name, last_name, username_folded, first_name_folded, last_name_folded, language, phone, is_blocked, number)
  join live l on l.bot_id = u.bot_id and l.claim = u.claim
  order by u.bot_id, u.chat_id, u.number desc
  on conflict (bot_id, chat_id) do update set username = excluded.username, first_name = excluded.first_name, last_name = excluded.last_name,
    username_folded = excluded.username_folded, first_name_folded = excluded.first_name_folded, last_name_folded = excluded.last_name_folded,
    language = excluded.language, phone = coalesce(excluded.phone, botloom_bot_user.phone), is_blocked = coalesce(excluded.is_blocked, botloom_bot_user.is_blocked),
    is_active = case when excluded.is_blocked is null then botloom_bot_user.is_active else excluded.is_active end,
    last_interaction = greatest(botloom_bot_user.last_interaction, excluded.last_interaction),
    active_hour = greatest(botloom_bot_user.active_hour, excluded.active_hour)
  returning id, bot_id, chat_id, phone, tags, attributes, profile_read_at, xmax = 0 as is_new),
${
  withJobs
    ? `known as materialized (
  select u.id, u.bot_id, u.chat_id, u.username, u.first_name, u.last_name, u.language, u.phone, u.tags, u.attributes, u.profile_read_at
  from ${tablePrefix}bot_user u join (select distinct * from unnest($22::uuid[], $23::bigint[]) k (bot_id, chat_id)) k on u.bot_id = k.bot_id and u.chat_id = k.chat_id
  where (select count(*) from person) is not null
  order by u.bot_id, u.chat_id for no key update of u),`
    : ''
}
wanted as materialized (
  select distinct k.bot_id, k.chat_id, k.thread_id, k.user_id
  from unnest($17::uuid[], $18::bigint[], $19::bigint[], $20::bigint[], $21::bigint[]) k (bot_id, claim, chat_id, thread_id, user_id)
  join live l on l.bot_id = k.bot_id and l.claim = k.claim
  where (select count(*) from ${withJobs ? 'known' : 'person'}) is not null
  order by k.bot_id, k.chat_id, k.thread_id, k.user_id),
locked as materialized (
  select s.* from wanted k cross join lateral (
    select s.bot_id, s.chat_id, s.thread_id, s.user_id, s.flow_version_id, s.step_id, s.state, s.sender, s.is_given from ${tablePrefix}session s
    where s.bot_id = k.bot_id and s.chat_id = k.chat_id and s.thread_id = k.thread_id and s.user_id = k.user_id for update) s),
made as (
  insert into ${tablePrefix}session (bot_id, chat_id, thread_id, user_id, state, updated_at)
  select k.bot_id, k.chat_id, k.thread_id, k.user_id, '{}', $3::timestamptz from wanted k
  where (select count(*) from locked) < (select count(*) from wanted)
    and not exists (select 1 from locked l where l.bot_id = k.bot_id and l.chat_id = k.chat_id and l.thread_id = k.thread_id and l.user_id = k.user_id)
  order by k.bot_id, k.chat_id, k.thread_id, k.user_id
  on conflict do nothing returning bot_id, chat_id, thread_id, user_id)
select 'c', bot_id::text, claim::text, null, null, null, null, null, null, null from claimed
union all select 'p', bot_id::text, chat_id::text, id::text, phone, attributes::text, (extract(epoch from profile_read_at) * 1000)::bigint::text, is_new::text, tags::text, null from person
union all select 's', bot_id::text, chat_id::text, thread_id::text, user_id::text, flow_version_id::text, step_id, state::text, sender, is_given::text from locked
union all select 's', bot_id::text, chat_id::text, thread_id::text, user_id::text, null, null, '{}', null, 'false' from made
${
  withJobs
    ? `union all select 'k', u.bot_id::text, u.chat_id::text, u.id::text, json_build_object('username', u.username, 'first_name', u.first_name, 'last_name', u.last_name,
    'language', u.language, 'phone', u.phone, 'tags', u.tags, 'attributes', u.attributes, 'profile_read_at', (extract(epoch from u.profile_read_at) * 1000)::bigint)::text, null, null, null, null, null
  from known u`
    : ''
}
union all select 'b', id::text, revision::text, is_active::text, null, null, null, null, null, null from ${tablePrefix}bot where id = any($1::uuid[]) and deleted_at is null`;
}

/** Gets and locks sessions that were made by somebody else between our snapshot and our insert; rare. Rows as in `lockBatchSql`. */
export function makeSessionsSql(tablePrefix: string): string {
  return `
insert into ${tablePrefix}session (bot_id, chat_id, thread_id, user_id, state, updated_at)
select k.bot_id, k.chat_id, k.thread_id, k.user_id, '{}', $5::timestamptz from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[]) k (bot_id, chat_id, thread_id, user_id)
order by 1, 2, 3, 4
on conflict (bot_id, chat_id, thread_id, user_id) do update set updated_at = excluded.updated_at
returning 's', bot_id::text, chat_id::text, thread_id::text, user_id::text, flow_version_id::text, step_id, state::text, sender, is_given::text`;
}

/**
 * Gets and locks the rows of chats that a batch writes to without having locked them with the rest. It waits for nobody, who might wait for us:
 * a row that somebody else holds is not among the result. Rows as in `lockBatchSql`.
 */
export function tryLockChatsSql(tablePrefix: string): string {
  return `
with wanted as (select * from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[]) k (bot_id, chat_id, thread_id, user_id)),
locked as materialized (
  select s.* from wanted k cross join lateral (
    select s.bot_id, s.chat_id, s.thread_id, s.user_id, s.flow_version_id, s.step_id, s.state, s.sender, s.is_given from ${tablePrefix}session s
    where s.bot_id = k.bot_id and s.chat_id = k.chat_id and s.thread_id = k.thread_id and s.user_id = k.user_id for update skip locked) s),
made as (
  insert into ${tablePrefix}session (bot_id, chat_id, thread_id, user_id, state, updated_at)
  select k.bot_id, k.chat_id, k.thread_id, k.user_id, '{}', $5::timestamptz from wanted k
  where not exists (select 1 from ${tablePrefix}session s where s.bot_id = k.bot_id and s.chat_id = k.chat_id and s.thread_id = k.thread_id and s.user_id = k.user_id)
  order by k.bot_id, k.chat_id, k.thread_id, k.user_id
  on conflict do nothing returning bot_id, chat_id, thread_id, user_id)
select 's', bot_id::text, chat_id::text, thread_id::text, user_id::text, flow_version_id::text, step_id, state::text, sender, is_given::text from locked
union all select 's', bot_id::text, chat_id::text, thread_id::text, user_id::text, null, null, '{}', null, 'false' from made`;
}
