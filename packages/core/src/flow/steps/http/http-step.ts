import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import type { CompileContext } from '../../compile-context.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import { pointer } from '../../pointer.ts';
import { jsonData, nextStep, onError, stepId, templateText } from '../common-fields.ts';
import { compileSavedResult, savedResultFields, type SavedResult } from '../saved-result.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';
import { compileAuth, httpAuth, type CompiledAuth } from './http-auth.ts';
import { compileJsonBody, type JsonBody } from './http-body.ts';
import { compileSecretText, type SecretText } from './secret-text.ts';

export const HTTP_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const texts = z.record(
  z.string().check(z.minLength(1), z.maxLength(128)),
  z.string().check(z.maxLength(FLOW_LIMITS.template)),
);

export const statusCase = labeled(
  z.strictObject({
    is: labeled(
      z.string().check(z.regex(/^[1-5](\d\d|xx)$/, 'Use a status such as "404", or a class such as "4xx".')),
      {
        title: 'Is',
        description: 'A status (`404`) or a class of statuses (`4xx`).',
      },
    ),
    next: labeled(z.nullable(z.string()), {
      title: 'Next step',
      description: 'ID of the next step; `null` ends the flow.',
    }),
  }),
  { title: 'Status', description: 'The next step for a status of the response.' },
);

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('http'),
    method: labeled(z.optional(z.enum(HTTP_METHODS)), { title: 'Method', description: 'Default: `GET`.' }),
    url: labeled(templateText, {
      title: 'URL',
      description: 'A public http or https URL. A template; its values are percent-encoded.',
    }),
    query: labeled(z.optional(texts), {
      title: 'Query',
      description: 'Query parameters that are added to the URL. Templates.',
    }),
    headers: labeled(z.optional(texts), {
      title: 'Headers',
      description:
        'Headers. Templates. `Idempotency-Key` is added automatically and stays the same when the request is retried.',
    }),
    auth: labeled(z.optional(httpAuth), {
      title: 'Authentication',
      description: 'Credentials. Store confidential values as secrets of the bot, and use `{{ secrets.NAME }}`.',
    }),
    json: labeled(z.optional(jsonData), {
      title: 'JSON',
      description: 'The body, as JSON. Texts in it are templates; `{{ age }}` alone keeps its type.',
    }),
    form: labeled(z.optional(texts), { title: 'Form', description: 'The body, as a form. Templates.' }),
    timeout: labeled(z.optional(z.number().check(z.gte(1), z.lte(10))), {
      title: 'Timeout',
      description: 'Timeout of the request in seconds, 1 to 10. Default: 10.',
    }),
    retries: labeled(z.optional(z.int().check(z.gte(0), z.lte(5))), {
      title: 'Retries',
      description: 'Number of retries if the server is unreachable or responds with 429 or 5xx, 0 to 5. Default: 2.',
    }),
    statuses: labeled(z.optional(z.array(statusCase).check(z.minLength(1), z.maxLength(FLOW_LIMITS.branches))), {
      title: 'Statuses',
      description:
        'Next steps by status; the first match is used. The result is saved first. ' +
        'Without a match, 2xx continues with the next step, and every other status is an error.',
    }),
    ...savedResultFields,
    next: nextStep,
    on_error: onError,
  }),
  { title: 'HTTP request', description: 'Sends an HTTP request and continues with the response.' },
);

export type HttpSource = z.infer<typeof schema>;
export type HttpMethod = (typeof HTTP_METHODS)[number];

export interface CompiledHttp extends CompiledBase<'http'> {
  readonly method: HttpMethod;
  readonly url: SecretText;
  readonly query: NamedTexts;
  readonly headers: NamedTexts;
  readonly auth: CompiledAuth | null;
  readonly body:
    { readonly kind: 'json'; readonly body: JsonBody } | { readonly kind: 'form'; readonly fields: NamedTexts } | null;
  /** In milliseconds. */
  readonly timeout: number;
  readonly retries: number;
  readonly statuses: readonly { readonly is: string; readonly next: string | null }[];
  readonly save: SavedResult;
  readonly next: string | null;
}

export type NamedTexts = readonly (readonly [name: string, text: SecretText])[];

export const httpStep = {
  type: 'http',
  summary: 'Sends an HTTP request and continues with the response.',
  schema,
  compile(source, context): CompiledHttp {
    context.markWaiting();
    const own = Object.keys(source.headers ?? {}).find((name) => name.toLowerCase() === 'idempotency-key');
    if (own !== undefined)
      context.report(
        pointer('/headers', own),
        'fields_conflict',
        `The header "${own}" is set automatically`,
        'Remove it. Its value is unique per request, and stays the same for retries.',
      );
    if (source.json !== undefined && source.form !== undefined)
      context.report('/form', 'body_ambiguous', 'The request has two bodies', 'Remove "json" or "form".');
    else if ((source.json ?? source.form) !== undefined && (source.method ?? 'GET') === 'GET')
      context.report(
        '/method',
        'body_ambiguous',
        'A GET request has no body',
        'Use "POST", or "query" instead of the body.',
      );
    return {
      kind: 'http',
      id: source.id,
      index: context.index,
      method: source.method ?? 'GET',
      url: compileUrl(source.url, context),
      query: named(source.query, 'query', context),
      headers: named(source.headers, 'headers', context),
      auth: compileAuthOf(source, context),
      body: compileBody(source, context),
      timeout: (source.timeout ?? 10) * 1_000,
      retries: source.retries ?? 2,
      statuses: (source.statuses ?? []).map(({ is, next }, index) => ({
        is,
        next: next === null ? null : context.stepReference(next, `/statuses/${index}/next`),
      })),
      save: compileSavedResult(source, context),
      next: context.next(source.next, '/next'),
    };
  },
} satisfies StepKind<HttpSource, CompiledHttp>;

function compileUrl(source: string, context: CompileContext): SecretText {
  const url = compileSecretText(source, '/url', context, { escape: 'url' });
  const [only] = url;
  const constant = url.length === 1 && only !== undefined && !('secret' in only) ? only.constant : null;
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(source)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https')
    context.report('/url', 'url_scheme', `"${scheme}:" is not supported`, 'Use an https URL.');
  else if (constant !== null && !URL.canParse(constant))
    context.report('/url', 'url_invalid', 'This is not a valid URL', 'It must start with https://.');
  return url;
}

function compileAuthOf({ auth, headers }: HttpSource, context: CompileContext): CompiledAuth | null {
  if (auth === undefined) return null;
  const header = authHeader(auth);
  const other = Object.keys(headers ?? {}).find((name) => name.toLowerCase() === header);
  if (other !== undefined)
    context.report(
      '/auth',
      'fields_conflict',
      `The header "${other}" already contains credentials`,
      'Use either "auth" or the header.',
    );
  return compileAuth(auth, context);
}

/** Returns the lowercase name of the header with the credentials, or null if they are not in a header. */
function authHeader({ type, name = '' }: NonNullable<HttpSource['auth']>): string | null {
  if (type === 'query') return null;
  return type === 'header' ? name.toLowerCase() : 'authorization';
}

function compileBody({ json, form }: HttpSource, context: CompileContext): CompiledHttp['body'] {
  if (json !== undefined) return { kind: 'json', body: compileJsonBody(json, '/json', context) };
  return form === undefined ? null : { kind: 'form', fields: named(form, 'form', context) };
}

function named(texts: Readonly<Record<string, string>> | undefined, key: string, context: CompileContext): NamedTexts {
  return Object.entries(texts ?? {}).map(([name, text]) => [
    name,
    compileSecretText(text, pointer(`/${key}`, name), context),
  ]);
}
