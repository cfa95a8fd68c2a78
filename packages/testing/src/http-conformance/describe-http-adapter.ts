import { describe } from 'vitest';
import { bodyCases, unreadBodyCases } from './body-cases.ts';
import { createTarget } from './conformance-target.ts';
import { hostCases } from './host-cases.ts';
import { responseCases } from './response-cases.ts';
import { routingCases } from './routing-cases.ts';
import type { ServeHost } from './served-host.ts';

/** The mounts, and their paths in requests. */
const MOUNTS = [
  { mount: '', base: '' },
  { mount: '/bots/v1', base: '/bots/v1' },
  { mount: '/t/:tenant', base: '/t/acme' },
] as const;

/**
 * Declares the tests that every adapter must pass. Call it in a test file of vitest.
 *
 * @example
 * describeHttpAdapter('express', ({ http, mount, parsers }) =>
 *   startExpressHost(expressRouter({ http }), mount, parsers),
 * );
 */
export function describeHttpAdapter(name: string, serve: ServeHost): void {
  for (const { mount, base } of MOUNTS) {
    describe(`${name} at ${mount === '' ? '/' : mount}`, () => {
      const target = createTarget(serve, { mount, base, parsers: 'none' });
      routingCases(target);
      responseCases(target);
      bodyCases(target);
      unreadBodyCases(target);
      hostCases(target);
    });
  }
  for (const parsers of ['before', 'after'] as const) {
    describe(`${name} with the host's parsers ${parsers} Botloom`, () => {
      const target = createTarget(serve, { mount: '/bots', base: '/bots', parsers });
      bodyCases(target);
      if (parsers === 'after') unreadBodyCases(target);
      hostCases(target);
    });
  }
}
