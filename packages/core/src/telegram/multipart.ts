import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { JsonObject } from '../model/index.ts';
import type { AttachedFile } from './telegram-api.ts';

export interface MultipartBody {
  readonly headers: string[];
  /** Written while it is read: a file is never completely in memory. */
  readonly body: Readable;
}

/**
 * Encodes parameters and files as multipart/form-data of known length. Values other than strings are sent as JSON
 * (https://core.telegram.org/bots/api#sending-files).
 */
export function multipart(payload: JsonObject, files: readonly AttachedFile[]): MultipartBody {
  const boundary = `botloom-${randomUUID()}`;
  const fields = Object.entries(payload).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `--${boundary}\r\ncontent-disposition: form-data; name="${escape(name)}"\r\n\r\n${text}\r\n`;
  });
  const start = Buffer.from(fields.join(''));
  const parts = files.map((file) => ({
    file,
    head: Buffer.from(
      `--${boundary}\r\n` +
        `content-disposition: form-data; name="${escape(file.name)}"; filename="${escape(file.file_name)}"\r\n` +
        `content-type: ${file.content_type}\r\n\r\n`,
    ),
  }));
  const end = Buffer.from(`--${boundary}--\r\n`);
  const length = parts.reduce(
    (sum, { file, head }) => sum + head.length + file.size + LINE_BREAK.length,
    start.length + end.length,
  );
  const body = Readable.from(write(), { objectMode: false });
  // The reader handles errors of the stream. Without this listener, a late error would end the process.
  body.on('error', () => undefined);
  return {
    headers: ['content-type', `multipart/form-data; boundary=${boundary}`, 'content-length', String(length)],
    body,
  };

  async function* write(): AsyncGenerator<Uint8Array, void, undefined> {
    yield start;
    for (const { file, head } of parts) {
      yield head;
      yield* file.content;
      yield LINE_BREAK;
    }
    yield end;
  }
}

const LINE_BREAK = Buffer.from('\r\n');

/** Escapes a name as browsers do, so that it cannot end the quoted string or the line. */
function escape(name: string): string {
  return name.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');
}
