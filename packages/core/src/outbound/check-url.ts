import { isIP } from 'node:net';
import { isPublicAddress } from './is-public-address.ts';
import { OutboundError } from './outbound-error.ts';

/** Ports of the web; the host opens others by name. */
const ALLOWED_PORTS: ReadonlySet<string> = new Set(['80', '443', '8080', '8443']);

export interface CheckedUrl {
  readonly url: URL;
  /** The host has opened just this host and port: its address is not looked at. */
  readonly is_opened: boolean;
}

/**
 * Reads an address as browsers do (which makes `127.1`, `0x7f000001` and `①②⑦.0.0.1` the IP address that they are) and refuses what is not for us.
 * Names are looked at again when they are resolved.
 *
 * @throws OutboundError URL_INVALID, ADDRESS_DENIED
 */
export function checkUrl(address: string | URL, allow: ReadonlySet<string>): CheckedUrl {
  const url = URL.parse(String(address));
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) throw new OutboundError('URL_INVALID');
  if (url.username !== '' || url.password !== '') throw new OutboundError('URL_INVALID');
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  if (allow.has(`${url.hostname}:${port}`)) return { url, is_opened: true };
  if (!ALLOWED_PORTS.has(port)) throw new OutboundError('ADDRESS_DENIED', `port ${port}`);
  const literal = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
  if (isIP(literal) !== 0 && !isPublicAddress(literal)) throw new OutboundError('ADDRESS_DENIED');
  return { url, is_opened: false };
}
