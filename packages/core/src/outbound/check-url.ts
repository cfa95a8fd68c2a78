import { isIP } from 'node:net';
import { isPublicAddress } from './is-public-address.ts';
import { OutboundError } from './outbound-error.ts';

/** Ports for HTTP. The host can allow others per host name. */
const ALLOWED_PORTS: ReadonlySet<string> = new Set(['80', '443', '8080', '8443']);

export interface CheckedUrl {
  readonly url: URL;
  /** True if the host allows this host name and port: its address is not checked. */
  readonly is_opened: boolean;
}

/**
 * Parses an address as browsers do and rejects addresses that are not public. The parser resolves notations such as
 * `127.1`, `0x7f000001` and `①②⑦.0.0.1` to the IP address that they mean. Host names are checked again when they are
 * resolved.
 *
 * @throws OutboundError URL_INVALID - when it is not an HTTP URL, or contains credentials
 * @throws OutboundError ADDRESS_DENIED - when the address or the port is not allowed
 */
export function checkUrl(address: string | URL, allow: ReadonlySet<string>): CheckedUrl {
  const url = URL.parse(String(address));
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) throw new OutboundError('URL_INVALID');
  if (url.username !== '' || url.password !== '') throw new OutboundError('URL_INVALID');
  const defaultPort = url.protocol === 'https:' ? '443' : '80';
  const port = url.port === '' ? defaultPort : url.port;
  if (allow.has(`${url.hostname}:${port}`)) return { url, is_opened: true };
  if (!ALLOWED_PORTS.has(port)) throw new OutboundError('ADDRESS_DENIED', `port ${port}`);
  const literal = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
  if (isIP(literal) !== 0 && !isPublicAddress(literal)) throw new OutboundError('ADDRESS_DENIED');
  return { url, is_opened: false };
}
