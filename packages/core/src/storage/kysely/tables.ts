import type { ColumnType, Generated } from 'kysely';
import type { WaitReason } from '../../engine/index.ts';

/** How a time is bound: milliseconds on SQLite, ISO-8601 on PostgreSQL. Read through `traits.milliseconds`. */
export type TimeValue = number | string;
type Time = ColumnType<TimeValue, TimeValue, TimeValue>;
type NullableTime = ColumnType<TimeValue | null, TimeValue | null | undefined, TimeValue | null>;
/** `0`/`1` on SQLite. */
type Flag = ColumnType<boolean | number, boolean, boolean>;
type DefaultFlag = ColumnType<boolean | number, boolean | undefined, boolean>;
/** int8 comes as a string from drivers that a host has configured so. */
type Int8 = ColumnType<number | string, number, number>;
type NullableInt8 = ColumnType<number | string | null, number | null | undefined, number | null>;
type Identity = ColumnType<number | string, number | undefined, never>;
type Json = string;

export interface BotTable {
  id: string;
  name: string;
  token: string;
  token_hash: string;
  telegram_id: Int8;
  username: string;
  owner: string | null;
  webhook_secret: string;
  pending_webhook_secret: string | null;
  old_webhook_secret: string | null;
  told_menu: string | null;
  is_webhook_set: DefaultFlag;
  webhook_url: string | null;
  is_active: DefaultFlag;
  settings: Json;
  revision: Generated<number>;
  created_at: Time;
  updated_at: Time;
  deleted_at: NullableTime;
}

export interface BotCounterTable {
  bot_id: string;
  user_count: Int8;
  request_count: Int8;
  last_activity: NullableTime;
}

export interface BotCounterDayTable {
  bot_id: string;
  /** `2026-11-22`, UTC. */
  day: string;
  incoming: Int8;
  outgoing: Int8;
}

export interface BotUserTable {
  id: string;
  bot_id: string;
  chat_id: Int8;
  username: string | null;
  first_name: string;
  last_name: string | null;
  username_folded: string | null;
  first_name_folded: string;
  last_name_folded: string | null;
  language: string | null;
  phone: string | null;
  bio: string | null;
  profile_photo_file_id: string | null;
  profile_read_at: NullableTime;
  /** Null: nobody ever said, which is not blocked. So an upsert can tell "not said" from "not". */
  is_blocked: ColumnType<boolean | number | null, boolean | null, boolean>;
  is_active: Flag;
  /** A list; `botloom_user_tag` has the same, to look people up by. */
  tags: Json;
  attributes: Json;
  first_interaction: Time;
  last_interaction: Time;
  active_hour: number;
}

/** Who has a tag: the index of `botloom_bot_user.tags`, written with it. */
export interface UserTagTable {
  bot_id: string;
  tag: string;
  user_id: string;
}

export interface FlowTable {
  id: string;
  bot_id: string;
  name: string;
  trigger_command: string | null;
  is_default: Flag;
  is_active: Flag;
  version: number;
  created_at: Time;
  updated_at: Time;
}

export interface FlowVersionTable {
  id: Identity;
  flow_id: string;
  bot_id: string;
  version: number;
  flow_data: Json;
  created_at: Time;
}

export interface SessionTable {
  bot_id: string;
  chat_id: Int8;
  thread_id: Int8;
  user_id: Int8;
  flow_version_id: NullableInt8;
  step_id: string | null;
  state: Json;
  /** The engine's summary of the state, for lists. Null: the session waits for the person only, or for nothing. */
  wait_reason: WaitReason | null;
  wait_subject: string | null;
  deadline: NullableTime;
  /** The instance that last got outgoing rows of the chat; only in the chat's own row. */
  sender: string | null;
  /** Another instance gave the sender rows, which it may not have seen. */
  is_given: DefaultFlag;
  updated_at: Time;
}

export interface AnswerTable {
  id: Identity;
  bot_id: string;
  user_id: string | null;
  chat_id: Int8;
  thread_id: Int8;
  flow_id: string;
  flow_version_id: Int8;
  step_id: string;
  variable: string;
  value: Json;
  created_at: Time;
}

/** An id, or on SQLite a number: see `traits.botKey`. */
type Key = string | number;

export interface MessageTable {
  id: Identity;
  bot_id: Key;
  user_id: Key | null;
  chat_id: NullableInt8;
  thread_id: Int8;
  direction: 'incoming' | 'outgoing';
  type: string;
  text: string | null;
  file_id: string | null;
  flow_id: string | null;
  telegram_message_id: NullableInt8;
  payload: Json | null;
  status: 'received' | 'queued' | 'sent' | 'failed';
  failure: string | null;
  created_at: Time;
  sent_at: NullableTime;
  owner: string | null;
  method: string | null;
  delivery: 'at_least_once' | 'at_most_once' | null;
  expires_at: NullableTime;
  is_attempted: DefaultFlag;
  on_failure: Json | null;
}

export interface OutgoingCallTable {
  id: Identity;
  position: Int8;
  bot_id: Key;
  chat_id: Int8;
  method: string;
  payload: Json;
  expires_at: Time;
  owner: string;
}

export interface JobTable {
  id: Identity;
  bot_id: string | null;
  kind: string;
  payload: Json;
  due_at: Time;
  key: string | null;
  attempts: Generated<number>;
  reason: string | null;
  owner: string | null;
  is_background: DefaultFlag;
}

export interface InstanceTable {
  id: string;
  name: string;
  lease_until: Time;
  started_at: Time;
}

export interface LeaseTable {
  name: string;
  instance_id: string;
  expires_at: Time;
}

export interface SeenUpdateTable {
  bot_id: string;
  update_id: Int8;
  seen_at: Time;
}

export interface DeadLetterTable {
  id: Identity;
  bot_id: string | null;
  kind: string;
  update_id: NullableInt8;
  payload: Json;
  reason: string;
  is_replayed: DefaultFlag;
  created_at: Time;
}

export interface ApiKeyTable {
  id: string;
  name: string;
  hash: string;
  permissions: Json;
  owner: string | null;
  created_at: Time;
  expires_at: NullableTime;
}

/** Secrets that flows use. */
export interface BotSecretTable {
  bot_id: string;
  name: string;
  sealed: string;
  created_at: Time;
  updated_at: Time;
}

export interface UploadTable {
  bot_id: string;
  id: string;
  name: string;
  content_type: string;
  size: Int8;
  sha256: string;
  /** Its parts are there: until then nobody sees it. */
  is_complete: DefaultFlag;
  created_at: Time;
}

/** A piece of an upload's bytes: read and written one at a time, so that nothing waits for a whole file. Read through `traits.bytes`. */
export interface UploadPartTable {
  bot_id: string;
  upload_id: string;
  number: number;
  content: ColumnType<Uint8Array | string, Uint8Array, never>;
}

/** How Telegram knows an upload that was sent as a kind of media. */
export interface UploadFileTable {
  bot_id: string;
  upload_id: string;
  kind: string;
  file_id: string;
}

export interface SecretTable {
  name: string;
  sealed: string;
}

export interface MigrationTable {
  id: number;
  name: string;
  applied_at: Time;
}

export interface Tables {
  botloom_bot: BotTable;
  botloom_bot_counter: BotCounterTable;
  botloom_bot_counter_day: BotCounterDayTable;
  botloom_bot_user: BotUserTable;
  botloom_user_tag: UserTagTable;
  botloom_flow: FlowTable;
  botloom_flow_version: FlowVersionTable;
  botloom_session: SessionTable;
  botloom_answer: AnswerTable;
  botloom_message: MessageTable;
  botloom_outgoing_call: OutgoingCallTable;
  botloom_job: JobTable;
  botloom_instance: InstanceTable;
  botloom_lease: LeaseTable;
  botloom_seen_update: SeenUpdateTable;
  botloom_dead_letter: DeadLetterTable;
  botloom_api_key: ApiKeyTable;
  botloom_bot_secret: BotSecretTable;
  botloom_upload: UploadTable;
  botloom_upload_part: UploadPartTable;
  botloom_upload_file: UploadFileTable;
  botloom_secret: SecretTable;
  botloom_migration: MigrationTable;
}
