import { OutboundError } from './outbound-error.ts';

/** Headers that control the connection, or give access to the metadata service of a cloud provider. */
const DENIED_NAME = new RegExp(
  '^(host|connection|content-length|transfer-encoding|te|trailer|upgrade|keep-alive|expect|accept-encoding|proxy-.*' +
    '|metadata(-flavor)?|x-aws-.*|x-forwarded-.*|forwarded)$',
);
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9a-z-]{1,128}$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]{0,8192}$/;

/**
 * Returns the headers with their names in lower case.
 *
 * @throws OutboundError HEADER_DENIED - when a flow may not set the header, or its name or value is not valid
 */
export function checkHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const checked = new Map<string, string>();
  for (const [originalName, value] of Object.entries(headers)) {
    const name = originalName.toLowerCase();
    if (!HEADER_NAME.test(name) || DENIED_NAME.test(name) || checked.has(name))
      throw new OutboundError('HEADER_DENIED', JSON.stringify(originalName.slice(0, 64)));
    if (!HEADER_VALUE.test(value)) throw new OutboundError('HEADER_DENIED', `the value of ${JSON.stringify(name)}`);
    checked.set(name, value);
  }
  return Object.fromEntries(checked);
}
