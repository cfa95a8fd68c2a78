import type { Page, PageRequest, Scope, Upload } from '../model/index.ts';

export interface NewUpload {
  readonly bot_id: string;
  readonly name: string;
  readonly content_type: string;
  /** SHA-256 of the content, in hexadecimal. */
  readonly sha256: string;
  readonly content: Uint8Array;
}

/** Telegram's file ID of an upload that was sent as a kind of media, such as `photo` or `video`. */
export interface TelegramFileId {
  readonly upload_id: string;
  readonly kind: string;
  readonly file_id: string;
}

/** An upload with its Telegram file IDs by kind of media. */
export interface FoundUpload extends Upload {
  readonly file_ids: ReadonlyMap<string, string>;
}

/** Files of bots. Their bytes are stored in parts, so that neither memory nor a transaction holds a complete file. */
export interface UploadStore {
  /**
   * Stores a file. If the bot has an upload with the same bytes, name and type, returns that one.
   *
   * @param quota - the maximum total size of the bot's uploads, in bytes
   * @throws BOT_NOT_FOUND - when the scope has no such bot
   * @throws UPLOAD_QUOTA_REACHED - when the bot has too many uploads, or too many bytes
   */
  create(scope: Scope, upload: NewUpload, quota: number): Promise<Upload>;
  get(scope: Scope, bot_id: string, id: string): Promise<Upload | null>;
  /**
   * Returns the newest uploads first.
   *
   * @throws BOT_NOT_FOUND - when the scope has no such bot
   * @throws CURSOR_INVALID - when the cursor is not one of this list
   */
  list(scope: Scope, bot_id: string, page: PageRequest): Promise<Page<Upload>>;
  /**
   * @throws BOT_NOT_FOUND - when the scope has no such bot
   * @throws UPLOAD_NOT_FOUND - when the bot has no such upload
   */
  delete(scope: Scope, bot_id: string, id: string): Promise<void>;
  /**
   * Returns a part of the bytes. Null after the last part, and if the upload does not exist.
   *
   * @param partNumber - counted from 0
   */
  readPart(scope: Scope, bot_id: string, id: string, partNumber: number): Promise<Uint8Array | null>;
  /** Returns the uploads that the bot has, by ID. For callers that have already checked the scope. */
  find(bot_id: string, ids: readonly string[]): Promise<ReadonlyMap<string, FoundUpload>>;
  /** Stores file IDs that Telegram has returned, for the runtime. Ignores uploads that do not exist any more. */
  saveFileIds(bot_id: string, file_ids: readonly TelegramFileId[]): Promise<void>;
  /** Removes file IDs that Telegram has rejected. One that was replaced in the meantime is not removed. */
  deleteFileIds(bot_id: string, file_ids: readonly TelegramFileId[]): Promise<void>;
}
