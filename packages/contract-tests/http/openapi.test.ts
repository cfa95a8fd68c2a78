import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { openApiDocument } from '@botloom/core/http';

it.each(['', '/bots', '/t/acme'])('the document at "%s" is valid OpenAPI 3.1', async (base) => {
  const validator = new Validator();
  const result = await validator.validate({ ...openApiDocument(base) });
  expect(result.errors).toBeUndefined();
  expect(result.valid).toBe(true);
  expect(validator.version).toBe('3.1');
});

it('contains every schema that it references', () => {
  const document = openApiDocument('');
  const text = JSON.stringify(document);
  const { schemas } = document.components as { readonly schemas: object };
  for (const [, name = ''] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
    expect(Object.keys(schemas)).toContain(name);
  expect(text).not.toContain('$defs');
  expect(Object.keys(schemas)).toEqual(expect.arrayContaining(['Bot', 'BotUser', 'Flow', 'Message', 'Problem']));
});

it('contains no name of a secret', () => {
  expect(JSON.stringify(openApiDocument(''))).not.toMatch(/webhook_secret|token_hash|123456:/);
});
