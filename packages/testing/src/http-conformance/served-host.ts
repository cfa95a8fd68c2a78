import type { HttpApi } from '@botloom/core/http';

export interface HostOptions {
  readonly http: HttpApi;
  /** Where Botloom is mounted: ``, `/bots/v1`, `/t/:tenant`. */
  readonly mount: string;
  /** Whether the host's own body parsers (JSON at the least) are registered before Botloom, after it, or not at all. */
  readonly parsers: 'none' | 'before' | 'after';
}

export interface ServedHost {
  /** `http://127.0.0.1:…` */
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Starts a host application on a port of the system's choice. Besides Botloom it must have, at its root:
 * - `POST /host/echo`: 200 with `{"host": <the parsed JSON body>}` (null without parsers);
 * - `GET /host/fail`: throws an error, which the host's own error handler answers with 418 `{"host": "error"}`;
 * - everything else: the host's own 404 `{"host": "not found"}`.
 */
export type ServeHost = (options: HostOptions) => Promise<ServedHost>;
