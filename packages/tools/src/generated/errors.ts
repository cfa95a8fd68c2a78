import { ERROR_CODES } from '@botloom/core';
import { commonErrors, contract, listEndpoints } from '@botloom/core/http';
import type { Generator } from './generator.ts';

/** Every error code, with the calls that can be answered with it. */
export const generator: Generator = { path: 'docs/reference/errors.md', generate };

function generate(): string {
  const rows = Object.entries(ERROR_CODES).map(
    ([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} | ${callsWith(code)} |`,
  );
  return `<!-- Made by packages/tools/src/generated/errors.ts; \`npx -y pnpm@12 generate\` writes it anew. -->

# Errors

Everything that Botloom raises on purpose is a \`BotloomError\` with one of these codes; they stay what they are. In your own code, recognise one
with \`isBotloomError(error)\` and look at \`error.code\`, \`error.message\` (what happened and what to do) and \`error.problems\`.

The REST API answers an error as a problem document (RFC 9457, \`application/problem+json\`):

\`\`\`json
{
  "type": "/api/docs#VALIDATION_FAILED",
  "title": "The content is not valid",
  "status": 422,
  "detail": "/name: must not be empty",
  "code": "VALIDATION_FAILED",
  "errors": [{ "path": "/name", "code": "too_small", "message": "must not be empty" }]
}
\`\`\`

401 comes with \`WWW-Authenticate\`, 405 with \`Allow\`, 429 and 503 with \`Retry-After\` in seconds. With status 500 the document says nothing about
the cause but has a \`reference\`, under which it is logged.

| Code | Status | Meaning | Calls |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function callsWith(code: string): string {
  const calls = listEndpoints(contract);
  const isCommon = calls.some(({ endpoint }) => commonErrors(endpoint).some((error) => error === code));
  const naming = calls
    .filter(({ endpoint }) => endpoint.errors.some((error) => error === code))
    .map(({ group, name }) => `\`${group}.${name}\``);
  return [...(isCommon ? ['every call of its kind'] : []), ...(isCommon && naming.length > 3 ? [] : naming)].join(', ');
}
