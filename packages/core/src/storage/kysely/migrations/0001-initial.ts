import type { Migration } from './migration.ts';

/**
 * The first schema, as the issue names its fields. `{t}` stands for the qualified prefix (`botloom_`, or `"schema".botloom_`),
 * `{i}` for the prefix of an index's name, which PostgreSQL does not let be qualified.
 *
 * On SQLite, `message` and `outgoing_call` name their bot and person by `number`: see README.
 */
export const initial: Migration = {
  id: 1,
  name: 'initial',
  sqlite: `
create table {t}bot (
  number integer primary key, id text not null unique, name text not null, token text not null, token_hash text not null, telegram_id integer not null, username text not null,
  owner text, webhook_secret text not null, pending_webhook_secret text, old_webhook_secret text, told_menu text,
  is_webhook_set integer not null default 0, webhook_url text, is_active integer not null default 1, settings text not null,
  revision integer not null default 1, created_at integer not null, updated_at integer not null, deleted_at integer) strict;
create unique index {i}bot_token on {t}bot (token_hash) where deleted_at is null;
create index {i}bot_created on {t}bot (created_at, id) where deleted_at is null;
create index {i}bot_owner on {t}bot (owner, created_at, id) where deleted_at is null;
create table {t}bot_counter (
  bot_id text primary key, user_count integer not null default 0, request_count integer not null default 0, last_activity integer) strict, without rowid;
create table {t}bot_counter_day (
  bot_id text not null, day text not null, incoming integer not null default 0, outgoing integer not null default 0,
  primary key (bot_id, day)) strict, without rowid;
create table {t}bot_secret (
  bot_id text not null, name text not null, sealed text not null, created_at integer not null, updated_at integer not null, primary key (bot_id, name)) strict, without rowid;
create table {t}upload (
  bot_id text not null, id text not null, name text not null, content_type text not null, size integer not null, sha256 text not null,
  is_complete integer not null default 0, created_at integer not null, primary key (bot_id, id)) strict, without rowid;
create index {i}upload_created on {t}upload (bot_id, created_at, id);
create table {t}upload_part (
  bot_id text not null, upload_id text not null, number integer not null, content blob not null, primary key (bot_id, upload_id, number),
  foreign key (bot_id, upload_id) references {t}upload (bot_id, id) on delete cascade) strict;
create table {t}upload_file (
  bot_id text not null, upload_id text not null, kind text not null, file_id text not null, primary key (bot_id, upload_id, kind),
  foreign key (bot_id, upload_id) references {t}upload (bot_id, id) on delete cascade) strict, without rowid;
create table {t}bot_user (
  number integer primary key, id text not null unique, bot_id text not null, chat_id integer not null, username text, first_name text not null, last_name text,
  username_folded text, first_name_folded text not null, last_name_folded text, language text, phone text, bio text,
  profile_photo_file_id text, profile_read_at integer, is_blocked integer, is_active integer not null default 1,
  tags text not null default '[]', attributes text not null default '{}', first_interaction integer not null, last_interaction integer not null, active_hour integer not null) strict;
create unique index {i}bot_user_chat on {t}bot_user (bot_id, chat_id);
create index {i}bot_user_active on {t}bot_user (bot_id, active_hour);
create index {i}bot_user_blocked on {t}bot_user (bot_id, active_hour) where is_blocked = 1;
create index {i}bot_user_username on {t}bot_user (bot_id, username_folded) where username_folded is not null;
create index {i}bot_user_first_name on {t}bot_user (bot_id, first_name_folded);
create index {i}bot_user_last_name on {t}bot_user (bot_id, last_name_folded) where last_name_folded is not null;
create table {t}user_tag (bot_id text not null, tag text not null, user_id text not null, primary key (bot_id, tag, user_id)) strict, without rowid;
create table {t}flow (
  id text primary key, bot_id text not null references {t}bot (id) on delete cascade, name text not null, trigger_command text,
  is_default integer not null, is_active integer not null, version integer not null, created_at integer not null, updated_at integer not null) strict;
create unique index {i}flow_command on {t}flow (bot_id, trigger_command) where trigger_command is not null;
create unique index {i}flow_default on {t}flow (bot_id) where is_default = 1;
create index {i}flow_created on {t}flow (bot_id, created_at, id);
create table {t}flow_version (
  id integer primary key, flow_id text not null references {t}flow (id) on delete cascade, bot_id text not null, version integer not null,
  flow_data text not null, created_at integer not null) strict;
create unique index {i}flow_version_number on {t}flow_version (flow_id, version);
create table {t}session (
  bot_id text not null, chat_id integer not null, thread_id integer not null, user_id integer not null, flow_version_id integer, step_id text,
  state text not null, wait_reason text, sender text, is_given integer not null default 0, updated_at integer not null,
  primary key (bot_id, chat_id, thread_id, user_id)) strict, without rowid;
create index {i}session_wait on {t}session (bot_id, wait_reason, chat_id, thread_id, user_id) where wait_reason is not null;
create index {i}session_shared on {t}session (bot_id, user_id) where user_id <> chat_id and user_id <> 0;
create table {t}answer (
  id integer primary key, bot_id text not null, user_id text, chat_id integer not null, thread_id integer not null, flow_id text not null,
  flow_version_id integer not null, step_id text not null, variable text not null, value text not null, created_at integer not null) strict;
create index {i}answer_bot on {t}answer (bot_id, created_at, id, flow_id);
create index {i}answer_user on {t}answer (user_id, created_at, id) where user_id is not null;
create table {t}message (
  id integer primary key, bot_id integer not null, user_id integer, chat_id integer, thread_id integer not null default 0, direction text not null,
  type text not null, text text, file_id text, flow_id text, telegram_message_id integer, payload text, status text not null, failure text,
  created_at integer not null, sent_at integer, owner text, method text, delivery text, expires_at integer, is_attempted integer not null default 0, on_failure text) strict;
create index {i}message_bot on {t}message (bot_id, created_at);
create index {i}message_user on {t}message (user_id, created_at) where user_id is not null;
create index {i}message_edited on {t}message (chat_id, telegram_message_id) where user_id is null and direction = 'incoming';
create index {i}message_outbox on {t}message (owner, id) where owner is not null;
create index {i}message_outbox_chat on {t}message (chat_id) where owner is not null;
create table {t}outgoing_call (
  id integer primary key, position integer not null, bot_id integer not null, chat_id integer not null, method text not null, payload text not null,
  expires_at integer not null, owner text not null) strict;
create index {i}outgoing_call_outbox on {t}outgoing_call (owner, position, id);
create index {i}outgoing_call_chat on {t}outgoing_call (chat_id);
create table {t}job (
  id integer primary key autoincrement, bot_id text, kind text not null, payload text not null, due_at integer not null, key text, attempts integer not null default 0,
  reason text, owner text, is_background integer not null default 0) strict;
create index {i}job_due on {t}job (is_background, due_at, id);
create unique index {i}job_key on {t}job (key) where key is not null;
create index {i}job_owner on {t}job (owner) where owner is not null;
create index {i}job_bot on {t}job (bot_id) where bot_id is not null;
create table {t}instance (id text primary key, name text not null, lease_until integer not null, started_at integer not null) strict, without rowid;
create table {t}lease (name text primary key, instance_id text not null, expires_at integer not null) strict, without rowid;
create table {t}seen_update (bot_id text not null, update_id integer not null, seen_at integer not null) strict;
create unique index {i}seen_update_id on {t}seen_update (update_id, bot_id);
create table {t}dead_letter (
  id integer primary key, bot_id text, kind text not null, update_id integer, payload text not null, reason text not null,
  is_replayed integer not null default 0, created_at integer not null) strict;
create index {i}dead_letter_bot on {t}dead_letter (bot_id, id);
create table {t}api_key (
  id text primary key, name text not null, hash text not null, permissions text not null, owner text, created_at integer not null, expires_at integer) strict;
create unique index {i}api_key_hash on {t}api_key (hash);
create index {i}api_key_created on {t}api_key (created_at, id);
create index {i}api_key_owner on {t}api_key (owner, created_at, id) where owner is not null;
`,
  postgres: `
create table {t}bot (
  id uuid primary key, name text not null, token text not null, token_hash text not null, telegram_id bigint not null, username text not null,
  owner text, webhook_secret text not null, pending_webhook_secret text, old_webhook_secret text, told_menu text,
  is_webhook_set boolean not null default false, webhook_url text, is_active boolean not null default true, settings json not null,
  revision int not null default 1, created_at timestamptz(3) not null, updated_at timestamptz(3) not null, deleted_at timestamptz(3));
create unique index {i}bot_token on {t}bot (token_hash) where deleted_at is null;
create index {i}bot_created on {t}bot (created_at, id) where deleted_at is null;
create index {i}bot_owner on {t}bot (owner, created_at, id) where deleted_at is null;
create table {t}bot_counter (
  bot_id uuid primary key, user_count bigint not null default 0, request_count bigint not null default 0, last_activity timestamptz(3)) with (fillfactor = 50);
create table {t}bot_counter_day (
  bot_id uuid not null, day text not null, incoming bigint not null default 0, outgoing bigint not null default 0,
  primary key (bot_id, day)) with (fillfactor = 50);
create table {t}bot_secret (
  bot_id uuid not null, name text collate "C" not null, sealed text not null, created_at timestamptz(3) not null, updated_at timestamptz(3) not null, primary key (bot_id, name));
create table {t}upload (
  bot_id uuid not null, id uuid not null, name text not null, content_type text not null, size bigint not null, sha256 text not null,
  is_complete boolean not null default false, created_at timestamptz(3) not null, primary key (bot_id, id));
create index {i}upload_created on {t}upload (bot_id, created_at, id);
create table {t}upload_part (
  bot_id uuid not null, upload_id uuid not null, number int not null, content bytea not null, primary key (bot_id, upload_id, number),
  foreign key (bot_id, upload_id) references {t}upload (bot_id, id) on delete cascade);
alter table {t}upload_part alter column content set storage external;
create table {t}upload_file (
  bot_id uuid not null, upload_id uuid not null, kind text not null, file_id text not null, primary key (bot_id, upload_id, kind),
  foreign key (bot_id, upload_id) references {t}upload (bot_id, id) on delete cascade);
create table {t}bot_user (
  id uuid primary key default gen_random_uuid(), bot_id uuid not null, chat_id bigint not null, username text, first_name text not null, last_name text,
  username_folded text collate "C", first_name_folded text collate "C" not null, last_name_folded text collate "C", language text, phone text, bio text,
  profile_photo_file_id text, profile_read_at timestamptz(3), is_blocked boolean, is_active boolean not null default true,
  tags json not null default '[]', attributes json not null default '{}', first_interaction timestamptz(3) not null, last_interaction timestamptz(3) not null, active_hour int not null)
  with (fillfactor = 80);
create unique index {i}bot_user_chat on {t}bot_user (bot_id, chat_id);
create index {i}bot_user_active on {t}bot_user (bot_id, active_hour);
create index {i}bot_user_blocked on {t}bot_user (bot_id, active_hour) where is_blocked;
create index {i}bot_user_username on {t}bot_user (bot_id, username_folded) where username_folded is not null;
create index {i}bot_user_first_name on {t}bot_user (bot_id, first_name_folded);
create index {i}bot_user_last_name on {t}bot_user (bot_id, last_name_folded) where last_name_folded is not null;
create table {t}user_tag (bot_id uuid not null, tag text collate "C" not null, user_id uuid not null, primary key (bot_id, tag, user_id));
create table {t}flow (
  id uuid primary key, bot_id uuid not null references {t}bot (id) on delete cascade, name text not null, trigger_command text,
  is_default boolean not null, is_active boolean not null, version int not null, created_at timestamptz(3) not null, updated_at timestamptz(3) not null);
create unique index {i}flow_command on {t}flow (bot_id, trigger_command) where trigger_command is not null;
create unique index {i}flow_default on {t}flow (bot_id) where is_default;
create index {i}flow_created on {t}flow (bot_id, created_at, id);
create table {t}flow_version (
  id bigint generated by default as identity primary key, flow_id uuid not null references {t}flow (id) on delete cascade, bot_id uuid not null,
  version int not null, flow_data json not null, created_at timestamptz(3) not null);
create unique index {i}flow_version_number on {t}flow_version (flow_id, version);
create table {t}session (
  bot_id uuid not null, chat_id bigint not null, thread_id bigint not null, user_id bigint not null, flow_version_id bigint, step_id text,
  state json not null, wait_reason text, sender text, is_given boolean not null default false, updated_at timestamptz(3) not null,
  primary key (bot_id, chat_id, thread_id, user_id)) with (fillfactor = 70);
create index {i}session_wait on {t}session (bot_id, wait_reason, chat_id, thread_id, user_id) where wait_reason is not null;
create index {i}session_shared on {t}session (bot_id, user_id) where user_id <> chat_id and user_id <> 0;
create table {t}answer (
  id bigint generated by default as identity primary key, bot_id uuid not null, user_id uuid, chat_id bigint not null, thread_id bigint not null,
  flow_id uuid not null, flow_version_id bigint not null, step_id text not null, variable text not null, value json not null, created_at timestamptz(3) not null);
create index {i}answer_bot on {t}answer (bot_id, created_at, id, flow_id);
create index {i}answer_user on {t}answer (user_id, created_at, id) where user_id is not null;
create sequence {t}message_number;
create table {t}message (
  id bigint primary key default nextval('{t}message_number'), bot_id uuid not null, user_id uuid, chat_id bigint, thread_id bigint not null default 0,
  direction text not null, type text not null, text text, file_id text, flow_id uuid, telegram_message_id bigint, payload json, status text not null,
  failure text, created_at timestamptz(3) not null, sent_at timestamptz(3), owner text, method text, delivery text, expires_at timestamptz(3),
  is_attempted boolean not null default false, on_failure json) with (fillfactor = 90);
create index {i}message_bot on {t}message (bot_id, created_at, id);
create index {i}message_user on {t}message (user_id, created_at, id) where user_id is not null;
create index {i}message_edited on {t}message (chat_id, telegram_message_id) where user_id is null and direction = 'incoming';
create index {i}message_outbox on {t}message (owner, id) where owner is not null;
create index {i}message_outbox_chat on {t}message (chat_id) where owner is not null;
create table {t}outgoing_call (
  id bigint primary key, position bigint not null, bot_id uuid not null, chat_id bigint not null, method text not null, payload json not null,
  expires_at timestamptz(3) not null, owner text not null);
create index {i}outgoing_call_outbox on {t}outgoing_call (owner, position, id);
create index {i}outgoing_call_chat on {t}outgoing_call (chat_id);
create table {t}job (
  id bigint generated by default as identity primary key, bot_id uuid, kind text not null, payload json not null, due_at timestamptz(3) not null, key text,
  attempts int not null default 0, reason text, owner text, is_background boolean not null default false);
create index {i}job_due on {t}job (is_background, due_at, id);
create unique index {i}job_key on {t}job (key) where key is not null;
create index {i}job_owner on {t}job (owner) where owner is not null;
create index {i}job_bot on {t}job (bot_id) where bot_id is not null;
create table {t}instance (id text primary key, name text not null, lease_until timestamptz(3) not null, started_at timestamptz(3) not null) with (fillfactor = 50);
create table {t}lease (name text primary key, instance_id text not null, expires_at timestamptz(3) not null) with (fillfactor = 50);
create table {t}seen_update (bot_id uuid not null, update_id bigint not null, seen_at timestamptz(3) not null, primary key (update_id, bot_id));
create index {i}seen_update_seen on {t}seen_update (seen_at);
create table {t}dead_letter (
  id bigint generated by default as identity primary key, bot_id uuid, kind text not null, update_id bigint, payload json not null, reason text not null,
  is_replayed boolean not null default false, created_at timestamptz(3) not null);
create index {i}dead_letter_bot on {t}dead_letter (bot_id, id);
create table {t}api_key (
  id uuid primary key, name text not null, hash text not null, permissions json not null, owner text, created_at timestamptz(3) not null,
  expires_at timestamptz(3));
create unique index {i}api_key_hash on {t}api_key (hash);
create index {i}api_key_created on {t}api_key (created_at, id);
create index {i}api_key_owner on {t}api_key (owner, created_at, id) where owner is not null;
`,
};
