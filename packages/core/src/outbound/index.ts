export {
  createOutbound,
  OUTBOUND_LIMITS,
  type Outbound,
  type OutboundMethod,
  type OutboundOptions,
  type OutboundRequest,
  type OutboundResponse,
} from './create-outbound.ts';
export { OUTBOUND_FAILURES, OutboundError, type OutboundErrorCode } from './outbound-error.ts';
export { checkHeaders } from './check-headers.ts';
