import type { Page, PageRequest, Scope, Upload } from '../model/index.ts';

export interface NewUpload {
  readonly bot_id: string;
  readonly name: string;
  readonly content_type: string;
  /** Of the content, in hex. */
  readonly sha256: string;
  readonly content: Uint8Array;
}

/** How Telegram knows an upload that was sent as a kind of media: photo, video, … */
export interface TelegramFileId {
  readonly upload_id: string;
  readonly kind: string;
  readonly file_id: string;
}

/** An upload, with what Telegram calls it, by the kind of media. */
export interface FoundUpload extends Upload {
  readonly file_ids: ReadonlyMap<string, string>;
}

/** Files of bots. Their bytes are kept in parts, so that neither memory nor a transaction ever holds much of them. */
export interface UploadStore {
  /**
   * Keeps a file. The same bytes under the same name and type are the same upload: it is given as it is there.
   *
   * @param quota - bytes that all uploads of the bot may have together
   * @throws BOT_NOT_FOUND; UPLOAD_QUOTA_REACHED.
   */
  create(scope: Scope, upload: NewUpload, quota: number): Promise<Upload>;
  get(scope: Scope, bot_id: string, id: string): Promise<Upload | null>;
  /** Newest first. Raises BOT_NOT_FOUND, CURSOR_INVALID. */
  list(scope: Scope, bot_id: string, page: PageRequest): Promise<Page<Upload>>;
  /** Raises BOT_NOT_FOUND, UPLOAD_NOT_FOUND. */
  delete(scope: Scope, bot_id: string, id: string): Promise<void>;
  /** A part of its bytes, counted from 0; null after the last, and when it is gone. */
  readPart(scope: Scope, bot_id: string, id: string, partNumber: number): Promise<Uint8Array | null>;
  /** Those of them that the bot has, by id; for those who have the bot already. */
  find(bot_id: string, ids: readonly string[]): Promise<ReadonlyMap<string, FoundUpload>>;
  /** Keeps what Telegram calls them, for the runtime. Nothing happens for one that is gone. */
  saveFileIds(bot_id: string, file_ids: readonly TelegramFileId[]): Promise<void>;
  /** Telegram does not know these any more. One that was replaced meanwhile stays. */
  deleteFileIds(bot_id: string, file_ids: readonly TelegramFileId[]): Promise<void>;
}
