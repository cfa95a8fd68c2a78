import type { HttpRequest, RequestPiece, RequestText } from '../../../engine/index.ts';
import { isList } from '../../../flow/index.ts';
import type { JsonValue } from '../../../model/index.ts';

/** A request with the values of its secrets. It must not be logged or stored. */
export interface ResolvedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** True if the body contains a secret: it must not be sent to another origin. */
  readonly is_confidential: boolean;
  /** Forms in which a response could contain the secrets. */
  readonly secretForms: readonly string[];
}

/** Returns the names of the secrets that a request needs. */
export function secretNamesOf({ url, headers, body }: HttpRequest): readonly string[] {
  const texts = [url, ...Object.values(headers), body ?? ''];
  return [...new Set(texts.flatMap((text) => (typeof text === 'string' ? [] : text.flatMap(secretNamesIn))))];
}

/** Replaces the references to secrets by their values. `secrets` must have a value for each. */
export function resolveSecrets(
  { url, headers, body }: HttpRequest,
  secrets: ReadonlyMap<string, string>,
): ResolvedRequest {
  const fill = (text: RequestText): string =>
    typeof text === 'string' ? text : text.map((piece) => renderPiece(piece, secrets)).join('');
  return {
    url: fill(url),
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, fill(text)])),
    body: body === null ? null : fill(body),
    is_confidential: body !== null && typeof body !== 'string',
    secretForms: secretFormsOf([url, ...Object.values(headers), body ?? ''], secrets),
  };
}

/** Minimum length of a form of a secret that is redacted. Shorter ones could occur in a response by coincidence. */
const MIN_REDACTED_LENGTH = 8;

/** Redacts secrets in a response: servers repeat what they were sent, and errors contain addresses. */
export function redactSecrets(text: string, secretForms: readonly string[]): string {
  return secretForms.reduce((left, form) => left.replaceAll(form, '[secret]'), text);
}

/** Redacts secrets in all texts of a value. The value must not be nested too deep. */
export function redactSecretsIn(value: JsonValue, secretForms: readonly string[]): JsonValue {
  if (secretForms.length === 0) return value;
  if (typeof value === 'string') return redactSecrets(value, secretForms);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((item) => redactSecretsIn(item, secretForms));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      redactSecrets(name, secretForms),
      redactSecretsIn(member, secretForms),
    ]),
  );
}

function secretFormsOf(texts: readonly RequestText[], secrets: ReadonlyMap<string, string>): readonly string[] {
  const encoded = texts.flatMap((text) =>
    typeof text === 'string'
      ? []
      : text.flatMap((piece) => (typeof piece !== 'string' && 'base64' in piece ? [renderPiece(piece, secrets)] : [])),
  );
  const values = [...secrets.values()].flatMap((value) => [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    Buffer.from(value).toString('base64'),
  ]);
  // The longest first, because one may contain another.
  return [...new Set([...encoded, ...values])]
    .filter((form) => form.length >= MIN_REDACTED_LENGTH)
    .sort((a, b) => b.length - a.length);
}

function secretNamesIn(piece: RequestPiece): readonly string[] {
  if (typeof piece === 'string') return [];
  return 'secret' in piece ? [piece.secret] : piece.base64.flatMap(secretNamesIn);
}

function renderPiece(piece: RequestPiece, secrets: ReadonlyMap<string, string>): string {
  if (typeof piece === 'string') return piece;
  if (!('secret' in piece))
    return Buffer.from(piece.base64.map((each) => renderPiece(each, secrets)).join('')).toString('base64');
  const value = secrets.get(piece.secret) ?? '';
  switch (piece.as) {
    case 'text':
      return value;
    case 'url':
      return encodeURIComponent(value);
    case 'json':
      return JSON.stringify(value).slice(1, -1);
  }
}
