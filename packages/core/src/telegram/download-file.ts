import type { Dispatcher } from 'undici';
import { BotloomError } from '../errors/index.ts';
import { describeNetworkError } from './post.ts';
import { redact } from './redact.ts';
import type { BotCredentials, CallOptions, TelegramApi, TelegramFile } from './telegram-api.ts';
import { TelegramApiError, TelegramNetworkError } from './telegram-error.ts';

export interface DownloadRequest {
  readonly bot: BotCredentials;
  readonly fileId: string;
  readonly callOptions: CallOptions;
  readonly call: TelegramApi['call'];
  readonly pool: Dispatcher;
  readonly prefix: string;
  readonly timeout: number;
  readonly maxFileSize: number;
}

/** Calls getFile and downloads the file as a stream. The address contains the token and must not leave this file. */
export async function downloadFile(request: DownloadRequest): Promise<TelegramFile> {
  const { bot, pool, prefix, callOptions } = request;
  const path = filePath(await request.call(bot, 'getFile', { file_id: request.fileId }, callOptions));
  const timeout = callOptions.timeout ?? request.timeout;
  try {
    const { statusCode, headers, body } = await pool.request({
      path: `${prefix}/file/bot${bot.token}/${encodeURI(path)}`,
      method: 'GET',
      headersTimeout: timeout,
      bodyTimeout: timeout,
      ...(callOptions.signal === undefined ? {} : { signal: callOptions.signal }),
    });
    // Destroying the stream emits an error, which the caller of `destroy` expects.
    body.on('error', () => {});
    if (statusCode !== 200) {
      body.destroy();
      throw new TelegramApiError('getFile', {
        error_code: statusCode,
        description: 'the file could not be downloaded',
      });
    }
    const size = Number(headers['content-length'] ?? Number.NaN);
    if (size > request.maxFileSize) {
      body.destroy();
      throw fileTooLargeError(request.maxFileSize);
    }
    return {
      body: { [Symbol.asyncIterator]: () => limitSize(body, bot.token, request.maxFileSize) },
      size: Number.isSafeInteger(size) ? size : null,
      name: path.slice(path.lastIndexOf('/') + 1),
    };
  } catch (error) {
    throw redactDownloadError(error, bot.token);
  }
}

/**
 * Returns the bytes of the stream, up to a maximum size. `return` also frees a connection of which nothing was read
 * yet.
 */
function limitSize(body: Dispatcher.ResponseData['body'], token: string, maxSize: number): AsyncIterator<Uint8Array> {
  const source: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]();
  let size = 0;
  return {
    async next() {
      try {
        const step = await source.next();
        if (step.done !== true) size += step.value.length;
        if (size > maxSize) throw fileTooLargeError(maxSize);
        return step;
      } catch (error) {
        body.destroy();
        throw redactDownloadError(error, token);
      }
    },
    return() {
      body.destroy();
      return Promise.resolve({ done: true, value: undefined });
    },
  };
}

function filePath(file: unknown): string {
  const path = typeof file === 'object' && file !== null && 'file_path' in file ? file.file_path : null;
  if (typeof path !== 'string' || path === '')
    throw new TelegramApiError('getFile', { error_code: 404, description: 'Telegram returned no path for the file' });
  if (path.startsWith('/') || /^[a-z]:\\/i.test(path)) {
    throw new BotloomError(
      'TELEGRAM_FAILED',
      'The Bot API server runs with --local: its files are on its own disk and cannot be downloaded.',
    );
  }
  if (!/^[\w./-]+$/.test(path) || path.split('/').includes('..')) {
    throw new TelegramNetworkError('getFile', 'the path of the file is not a valid path of Telegram', false);
  }
  return path;
}

function fileTooLargeError(limit: number): BotloomError {
  return new BotloomError('TELEGRAM_FAILED', `The file is larger than the limit of ${limit} bytes.`);
}

function redactDownloadError(error: unknown, token: string): Error {
  if (error instanceof TelegramApiError || error instanceof TelegramNetworkError || error instanceof BotloomError)
    return error;
  return new TelegramNetworkError('getFile', redact(describeNetworkError(error), token), false);
}
