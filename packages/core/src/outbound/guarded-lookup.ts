import type { LookupAddress, LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './is-public-address.ts';
import { OutboundError } from './outbound-error.ts';

/** The part of `dns.lookup` with `all` that is used here. */
export type ResolveHost = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Creates a lookup that checks the addresses of the connection itself. One private address rejects all of them, because
 * the address that is used cannot be chosen here.
 */
export function createGuardedLookup(resolve: ResolveHost, is_opened: boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const first = error === null ? addresses[0] : undefined;
      if (first === undefined) callback(new OutboundError('HOST_NOT_FOUND', null, { cause: error }), '', 4);
      else if (!is_opened && !addresses.every(({ address }) => isPublicAddress(address)))
        callback(new OutboundError('ADDRESS_DENIED'), '', 4);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
