import { createHash } from 'node:crypto';

/** A file of one bot. */
export interface StoredFile {
  readonly file_id: string;
  readonly file_unique_id: string;
  readonly file_path: string;
  readonly name: string;
  readonly mime_type: string;
  readonly bytes: Uint8Array;
  readonly bot_id: number;
  /** photo, document, video … */
  readonly kind: string;
  readonly width: number;
  readonly height: number;
}

/** A file to store. */
export interface NewFile {
  bot_id: number;
  kind: string;
  name: string;
  mime_type: string;
  bytes: Uint8Array;
  width?: number;
  height?: number;
}

export interface FileStore {
  add(file: NewFile): StoredFile;
  /** Returns a file by its ID. An ID is valid for one bot only, as in Telegram. */
  find(botId: number, fileId: string): StoredFile | undefined;
  findByPath(botId: number, path: string): StoredFile | undefined;
}

/** Creates a store that holds files in memory. */
export function createFileStore(): FileStore {
  const byId = new Map<string, StoredFile>();
  const byPath = new Map<string, StoredFile>();
  const perKind = new Map<string, number>();
  return {
    add(file) {
      const number = perKind.get(file.kind) ?? 0;
      perKind.set(file.kind, number + 1);
      const hash = createHash('sha256').update(`${file.bot_id}:${file.kind}:${number}`).digest('base64url');
      const stored: StoredFile = {
        ...file,
        width: file.width ?? 0,
        height: file.height ?? 0,
        file_id: `AgAC${hash}`,
        file_unique_id: `AQAD${hash.slice(0, 12)}`,
        file_path: `${folderName(file.kind)}/file_${number}${extension(file.name)}`,
      };
      byId.set(`${file.bot_id}/${stored.file_id}`, stored);
      byPath.set(`${file.bot_id}/${stored.file_path}`, stored);
      return stored;
    },
    find: (botId, fileId) => byId.get(`${botId}/${fileId}`),
    findByPath: (botId, path) => byPath.get(`${botId}/${path}`),
  };
}

function folderName(kind: string): string {
  if (kind === 'voice' || kind === 'audio') return kind === 'voice' ? 'voice' : 'music';
  return `${kind}s`;
}

function extension(name: string): string {
  return /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? '';
}
