import http from 'node:http';
import https from 'node:https';

/** The result of one delivery attempt. `status` is 0 if there was no response; `error` is the reason. */
export interface PostResult {
  status: number;
  status_text: string;
  retry_after: string | undefined;
  error: string | undefined;
}

/** Posts JSON over connections that stay open. */
export interface UpdatePoster {
  post(body: string): Promise<PostResult>;
  close(): void;
}

export interface PosterOptions {
  url: string;
  secret_token: string | undefined;
  max_connections: number;
  /** Milliseconds. */
  timeout: number;
}

/** Creates a poster for one webhook, like Telegram's own sender. */
export function createUpdatePoster({ url, secret_token, max_connections, timeout }: PosterOptions): UpdatePoster {
  const target = new URL(url);
  const transport = target.protocol === 'https:' ? https : http;
  const agent = new transport.Agent({ keepAlive: true, maxSockets: max_connections });
  const secretHeader = secret_token === undefined ? {} : { 'X-Telegram-Bot-Api-Secret-Token': secret_token };

  return {
    post: (body) =>
      new Promise((resolve) => {
        const fail = (error: string) => resolve({ status: 0, status_text: '', retry_after: undefined, error });
        const request = transport.request(target, {
          method: 'POST',
          agent,
          timeout,
          headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), ...secretHeader },
        });
        request.on('timeout', () => request.destroy(new Error('Read timeout expired')));
        request.on('error', (error) => fail(describe(error)));
        request.on('response', (response) => {
          response.resume();
          response.on('error', (error) => fail(describe(error)));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              status_text: response.statusMessage ?? '',
              retry_after: response.headers['retry-after'],
              error: undefined,
            }),
          );
        });
        request.end(body);
      }),
    close: () => agent.destroy(),
  };
}

function describe(error: Error & { code?: string }): string {
  if (error.code === 'ECONNREFUSED') return 'Connection refused';
  if (error.code === 'ECONNRESET') return 'Connection reset by peer';
  if (error.code === 'ENOTFOUND') return 'Failed to resolve host';
  return error.message;
}
