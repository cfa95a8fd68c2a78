import type { Endpoint } from '../contract/index.ts';
import { fileResponse } from './file-response.ts';
import type { FileResult, HtmlResult } from './handlers/handlers-type.ts';
import type { HttpResponse } from './http-types.ts';
import { respondEmpty, respondJson } from './respond.ts';

/**
 * Converts the result of a handler to a response. The casts are safe: `Handlers` derives the type of each result from
 * the same `response`.
 */
export function encodeResponse(endpoint: Endpoint, status: number, answer: unknown): HttpResponse {
  switch (endpoint.response) {
    case 'empty':
      return respondEmpty(status);
    case 'file':
      return fileResponse(answer as FileResult);
    case 'html':
      return htmlResponse(answer as HtmlResult);
    default:
      return respondJson(status, answer);
  }
}

function htmlResponse(page: HtmlResult): HttpResponse {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': page.content_security_policy,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
    body: page.html,
  };
}
