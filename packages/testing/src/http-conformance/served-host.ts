import type { HttpApi } from '@botloom/core/http';

/** Options of a host application. */
export interface HostOptions {
  readonly http: HttpApi;
  /** The mount path of Botloom: ``, `/bots/v1` or `/t/:tenant`. */
  readonly mount: string;
  /** Position of the host's own body parsers (JSON at least), relative to Botloom. */
  readonly parsers: 'none' | 'before' | 'after';
}

/** A running host application. */
export interface ServedHost {
  /** `http://127.0.0.1:…` */
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Starts a host application on a free port. Besides Botloom, it must have these routes at its root:
 *
 * - `POST /host/echo`: responds with 200 and `{"host": <the parsed JSON body>}` (null without parsers)
 * - `GET /host/fail`: throws an error; the host's own error handler responds with 418 and `{"host": "error"}`
 * - everything else: the host's own 404, `{"host": "not found"}`
 */
export type ServeHost = (options: HostOptions) => Promise<ServedHost>;
