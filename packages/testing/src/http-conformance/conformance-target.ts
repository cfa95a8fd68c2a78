import { afterAll, beforeAll } from 'vitest';
import { createProbe, type Probe } from './probe-api.ts';
import { sendRaw, type RawAnswer, type RawRequest } from './send-raw.ts';
import type { HostOptions, ServedHost, ServeHost } from './served-host.ts';

/** A host with the probe mounted in it, for the cases of one `describe`. */
export interface ConformanceTarget {
  readonly probe: Probe;
  /** The path of the mount in requests. */
  readonly base: string;
  readonly parsers: HostOptions['parsers'];
  readonly origin: () => string;
  /** Sends a request below the mount. */
  send(request: RawRequest): Promise<RawAnswer>;
  /** Sends a request to the host itself. */
  sendToHost(request: RawRequest): Promise<RawAnswer>;
}

export function createTarget(
  serve: ServeHost,
  { mount, base, parsers }: Omit<HostOptions, 'http'> & { readonly base: string },
): ConformanceTarget {
  const probe = createProbe();
  let host: ServedHost | null = null;
  beforeAll(async () => {
    host = await serve({ http: probe.http, mount, parsers });
  });
  afterAll(async () => {
    await host?.close();
  });
  const origin = (): string => {
    if (host === null) throw new Error('the host has not started');
    return host.origin;
  };
  return {
    probe,
    base,
    parsers,
    origin,
    send: (request) => sendRaw(origin(), { ...request, path: base + request.path }),
    sendToHost: (request) => sendRaw(origin(), request),
  };
}
