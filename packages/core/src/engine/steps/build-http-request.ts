import type { CompiledHttp, JsonBody, SecretText } from '../../flow/index.ts';
import type { HttpRequest, RequestPiece, RequestText, SecretForm } from '../http-request.ts';
import type { Run } from '../run/run.ts';
import { evaluate } from '../values/evaluate.ts';
import { render } from '../values/render.ts';

/** Renders the request of a step. */
export function buildHttpRequest(step: CompiledHttp, run: Run): HttpRequest {
  const { method, timeout, auth } = step;
  const parameters = auth?.type === 'query' ? [...step.query, [auth.name, auth.value] as const] : step.query;
  const address = trimPieces(pieces(step.url, run, 'url'));
  const url = joinPieces(
    parameters.length === 0 ? address : [...address, hasQuery(address) ? '&' : '?', ...form(parameters, run)],
  );
  const own = step.headers.map(([name, text]) => [name.toLowerCase(), joinPieces(pieces(text, run))] as const);
  const headers = Object.fromEntries([...own, ...authHeader(step, run)]);
  if (step.body === null) return { method, url, headers, body: null, timeout };
  const isJson = step.body.kind === 'json';
  const body = joinPieces(step.body.kind === 'json' ? jsonPieces(step.body.body, run) : form(step.body.fields, run));
  return {
    method,
    url,
    headers: { 'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded', ...headers },
    body,
    timeout,
  };
}

function authHeader({ auth }: CompiledHttp, run: Run): (readonly [string, RequestText])[] {
  switch (auth?.type) {
    case 'basic':
      return [
        ['authorization', ['Basic ', { base64: [...pieces(auth.username, run), ':', ...pieces(auth.password, run)] }]],
      ];
    case 'bearer':
      return [['authorization', joinPieces(['Bearer ', ...pieces(auth.token, run)])]];
    case 'header':
      return [[auth.name.toLowerCase(), joinPieces(pieces(auth.value, run))]];
    case 'query':
    case undefined:
      return [];
  }
}

function pieces(
  text: SecretText,
  run: Run,
  as: SecretForm = 'text',
  written: (text: string) => string = (each) => each,
): RequestPiece[] {
  return text.map((piece) => ('secret' in piece ? { secret: piece.secret, as } : written(render(piece, run))));
}

function form(fields: CompiledHttp['query'], run: Run): RequestPiece[] {
  return fields.flatMap(([name, text], index) => [
    `${index === 0 ? '' : '&'}${encodeURIComponent(name)}=`,
    ...pieces(text, run, 'url', (each) => encodeURIComponent(each.toWellFormed())),
  ]);
}

function jsonPieces(body: JsonBody, run: Run): RequestPiece[] {
  switch (body.kind) {
    case 'value':
      return [JSON.stringify(evaluate(body.value, run) ?? null)];
    case 'text':
      return ['"', ...pieces(body.text, run, 'json', (text) => JSON.stringify(text).slice(1, -1)), '"'];
    case 'list':
      return ['[', ...body.items.flatMap((item, index) => [index === 0 ? '' : ',', ...jsonPieces(item, run)]), ']'];
    case 'object':
      return [
        '{',
        ...body.members.flatMap(([name, member], index) => [
          `${index === 0 ? '' : ','}${JSON.stringify(name)}:`,
          ...jsonPieces(member, run),
        ]),
        '}',
      ];
  }
}

/** True if the address already has query parameters; secrets are percent-encoded and contain none. */
function hasQuery(address: readonly RequestPiece[]): boolean {
  return address.some((piece) => typeof piece === 'string' && piece.includes('?'));
}

function trimPieces(address: readonly RequestPiece[]): readonly RequestPiece[] {
  const text = joinPieces(address);
  if (typeof text === 'string') return [text.trim()];
  return text.map((piece, index) =>
    typeof piece !== 'string'
      ? piece
      : index === 0
        ? piece.trimStart()
        : index === text.length - 1
          ? piece.trimEnd()
          : piece,
  );
}

/** Joins adjacent strings; if nothing else is left, the result is a text. */
function joinPieces(all: readonly RequestPiece[]): RequestText {
  const merged: RequestPiece[] = [];
  for (const piece of all) {
    const last = merged.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') merged[merged.length - 1] = last + piece;
    else if (piece !== '') merged.push(piece);
  }
  const [only = ''] = merged;
  return merged.length < 2 && typeof only === 'string' ? only : merged;
}
