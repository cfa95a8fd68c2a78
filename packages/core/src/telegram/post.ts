import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { redact } from './redact.ts';
import { TelegramNetworkError } from './telegram-error.ts';

export interface PostRequest {
  readonly pool: Dispatcher;
  readonly path: string;
  /** Names and values, alternating. */
  readonly headers: string[];
  readonly body: string | Readable;
  /** Method of the Bot API, for error messages. */
  readonly method: string;
  /** Maximum time from now to the end of the response, in milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  /** Values that must not appear in an error. */
  readonly secrets: readonly (string | null)[];
}

export interface TelegramHttpResponse {
  readonly status: number;
  readonly text: string;
}

/** A response of getUpdates has at most about 4 MiB. */
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

/**
 * Sends one POST with the low-level API of undici, which costs half as much as `undici.request` and reports if the
 * request was started: an error before that has certainly not changed anything.
 *
 * @throws TelegramNetworkError - the only error
 */
export function post(request: PostRequest): Promise<TelegramHttpResponse> {
  return new Promise((resolve, reject) => {
    const { signal } = request;
    const chunks: Buffer[] = [];
    let status = 0;
    let size = 0;
    let controller: Dispatcher.DispatchController | null = null;
    let isSettled = false;

    const timer = setTimeout(onTimeout, request.timeout);
    if (signal?.aborted) {
      onAbort();
      return;
    }
    signal?.addEventListener('abort', onAbort, { once: true });

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(dispatchController) {
        if (isSettled) dispatchController.abort(new Error('gave up while waiting for a connection'));
        controller = dispatchController;
      },
      onResponseStart(_, statusCode) {
        status = statusCode;
      },
      onResponseData(_, chunk) {
        size += chunk.length;
        if (size > MAX_RESPONSE_BYTES) fail('the response is too large');
        else chunks.push(chunk);
      },
      onResponseEnd() {
        if (!settle()) return;
        const [first] = chunks;
        resolve({
          status,
          text: first !== undefined && chunks.length === 1 ? first.toString() : Buffer.concat(chunks).toString(),
        });
      },
      onResponseError(_, error) {
        fail(describeNetworkError(error));
      },
    };
    try {
      request.pool.dispatch(
        { path: request.path, method: 'POST', headers: request.headers, body: request.body },
        handler,
      );
    } catch (error) {
      fail(describeNetworkError(error));
    }

    function onTimeout(): void {
      fail('no response in time');
    }

    function onAbort(): void {
      fail(
        signal?.reason instanceof Error && signal.reason.name === 'TimeoutError'
          ? 'no response in time'
          : 'the call was cancelled',
      );
    }

    function fail(reason: string): void {
      if (!settle()) return;
      const wasBegun = controller !== null;
      reject(new TelegramNetworkError(request.method, redact(reason, ...request.secrets), wasBegun));
      controller?.abort(new Error(reason));
    }

    function settle(): boolean {
      if (isSettled) return false;
      isSettled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      return true;
    }
  });
}

/**
 * Returns the message of Node.js or undici for a failed connection. An AggregateError (several addresses were tried)
 * has no message.
 */
export function describeNetworkError(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  if (error.message !== '') return error.message;
  return 'code' in error ? String(error.code) : error.name;
}
