/** Reasons for a request without a response, with their messages. Authors of flows see both. */
export const OUTBOUND_FAILURES = {
  URL_INVALID: 'The address is not an http or https URL, or it contains credentials.',
  ADDRESS_DENIED: 'The address is not public, or the port is not allowed.',
  HEADER_DENIED: 'A header is not allowed or not valid.',
  HOST_NOT_FOUND: 'The host name does not exist.',
  UNREACHABLE: 'The server could not be reached, or closed the connection.',
  TIMED_OUT: 'The response took too long.',
  REDIRECT_DENIED: 'The server redirects a request with secrets to another server.',
  TOO_MANY_REDIRECTS: 'The server redirects too many times.',
  TOO_LARGE: 'The response is too large.',
  UNREADABLE: 'The encoding of the response is not supported.',
} as const;

export type OutboundErrorCode = keyof typeof OUTBOUND_FAILURES;

/** Failures that may be temporary. */
const TRANSIENT_FAILURES: ReadonlySet<OutboundErrorCode> = new Set(['HOST_NOT_FOUND', 'UNREACHABLE', 'TIMED_OUT']);

export class OutboundError extends Error {
  readonly code: OutboundErrorCode;
  /** True if a retry may succeed. */
  readonly is_passing: boolean;

  constructor(code: OutboundErrorCode, detail: string | null = null, options?: ErrorOptions) {
    super(detail === null ? OUTBOUND_FAILURES[code] : `${OUTBOUND_FAILURES[code]} (${detail})`, options);
    this.name = 'OutboundError';
    this.code = code;
    this.is_passing = TRANSIENT_FAILURES.has(code);
  }
}
