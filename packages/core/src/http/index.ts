export { isResponse, type Admission, type HttpApi, type HttpResponse, type HttpRoute, type RequestBody, type RequestHead } from './http-types.ts';
