/** Why a request was not made or not answered, with the words for it. A flow's author sees both. */
export const OUTBOUND_FAILURES = {
  URL_INVALID: 'The address is no http or https URL, or holds a user name.',
  ADDRESS_DENIED: 'The address is not a public one, or the port is none of the web.',
  HEADER_DENIED: 'A header is not allowed, or not valid.',
  HOST_NOT_FOUND: 'There is no host of that name.',
  UNREACHABLE: 'The server could not be reached, or broke off.',
  TIMED_OUT: 'The answer took too long.',
  REDIRECT_DENIED: 'The server redirects a request that holds secrets to another one.',
  TOO_MANY_REDIRECTS: 'The server redirects again and again.',
  TOO_LARGE: 'The answer, or its head, is too large.',
  UNREADABLE: 'The answer is encoded in a way that is not read.',
} as const;

export type OutboundErrorCode = keyof typeof OUTBOUND_FAILURES;

/** Failures that may be gone the next time. */
const TRANSIENT_FAILURES: ReadonlySet<OutboundErrorCode> = new Set(['HOST_NOT_FOUND', 'UNREACHABLE', 'TIMED_OUT']);

export class OutboundError extends Error {
  readonly code: OutboundErrorCode;
  /** Whether trying again makes sense. */
  readonly is_passing: boolean;

  constructor(code: OutboundErrorCode, detail: string | null = null, options?: ErrorOptions) {
    super(detail === null ? OUTBOUND_FAILURES[code] : `${OUTBOUND_FAILURES[code]} (${detail})`, options);
    this.name = 'OutboundError';
    this.code = code;
    this.is_passing = TRANSIENT_FAILURES.has(code);
  }
}
