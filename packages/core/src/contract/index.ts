export { commonErrors, isBodyOptional, successStatus } from './common-errors.ts';
export { contract, listEndpoints, type Contract, type NamedEndpoint } from './contract.ts';
export {
  codeOnly,
  DEFAULT_BODY_LIMIT_BYTES,
  endpoint,
  type CodeOnly,
  type Endpoint,
  type HttpMethod,
  type ParamNames,
  type RawBody,
  type RawResponse,
} from './endpoint.ts';
export type {
  ResponseOf,
  ArgumentsOf,
  BodyInputOf,
  BodyOf,
  ParamsOf,
  QueryInputOf,
  QueryOf,
} from './endpoint-types.ts';
export { PATH_PARAMS, type PathParam, type PathParamName, type PathParamValue } from './path-params.ts';
export { problemDocument, type ProblemDocument } from './problem-document.ts';
