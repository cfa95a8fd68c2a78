import { describe, expect, test } from 'vitest';
import type { HttpRequest } from '../../../engine/index.ts';
import { redactSecrets, redactSecretsIn, resolveSecrets, secretNamesOf } from './resolve-secrets.ts';

const KEY = 'k "ä"/?&\n';
const SECRETS = new Map([
  ['KEY', KEY],
  ['PASS', 'pass:word'],
]);
const request: HttpRequest = {
  method: 'POST',
  url: ['https://a.example/', { secret: 'KEY', as: 'url' }, '?x=1'],
  headers: { authorization: ['Basic ', { base64: ['me:', { secret: 'PASS', as: 'text' }] }], accept: 'x' },
  body: ['{"a":"', { secret: 'KEY', as: 'json' }, '"}'],
  timeout: 1,
};

describe('resolveSecrets', () => {
  test('encodes each secret for its place in the URL, header or body', () => {
    expect(secretNamesOf(request)).toEqual(['KEY', 'PASS']);
    const { url, headers, body, is_confidential } = resolveSecrets(request, SECRETS);
    expect(url).toBe(`https://a.example/${encodeURIComponent(KEY)}?x=1`);
    expect(headers).toEqual({ authorization: `Basic ${Buffer.from('me:pass:word').toString('base64')}`, accept: 'x' });
    expect(JSON.parse(body ?? '')).toEqual({ a: KEY });
    expect(is_confidential).toBe(true);
  });

  test('redacts all forms of the secrets in a response', () => {
    const filled = resolveSecrets(request, SECRETS);
    const { secretForms: forms } = filled;
    const echo = JSON.stringify({ ...filled, forms: [], key: KEY, again: Buffer.from(KEY).toString('base64') });
    const clean = redactSecrets(echo, forms);
    for (const form of [...forms, 'pass:word', 'bWU6cGFzczp3b3Jk']) expect(clean).not.toContain(form);
    expect(clean).toContain('[secret]');
  });

  test('redacts the secrets in all strings and names of a response, also in JSON inside a string', () => {
    const { secretForms: forms } = resolveSecrets(request, SECRETS);
    const answer = { a: [KEY, 1, null, JSON.stringify({ key: KEY })], [KEY]: true };
    expect(redactSecretsIn(answer, forms)).toEqual({
      a: ['[secret]', 1, null, '{"key":"[secret]"}'],
      '[secret]': true,
    });
  });

  test('does not redact a short secret, which a response may contain by chance', () => {
    const { secretForms: forms } = resolveSecrets({ ...request, headers: {} }, new Map([['KEY', '12']]));
    expect(redactSecrets('{"count":12}', forms)).toBe('{"count":12}');
  });

  test('does not change a request without secrets', () => {
    const plain: HttpRequest = { method: 'GET', url: 'https://a.example/', headers: { a: 'b' }, body: 'c', timeout: 1 };
    expect(secretNamesOf(plain)).toEqual([]);
    expect(resolveSecrets(plain, new Map())).toEqual({
      url: plain.url,
      headers: plain.headers,
      body: 'c',
      is_confidential: false,
      secretForms: [],
    });
  });
});
