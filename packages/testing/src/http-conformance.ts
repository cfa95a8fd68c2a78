export { describeHttpAdapter } from './http-conformance/describe-http-adapter.ts';
export type { HostOptions, ServedHost, ServeHost } from './http-conformance/served-host.ts';
export { sendRaw, type RawAnswer, type RawRequest } from './http-conformance/send-raw.ts';
