import { ERROR_CODES } from '@botloom/core';
import { commonErrors, contract, listEndpoints } from '@botloom/core/http';
import type { Generator } from './generator.ts';

/** Every error code, with the calls that can return it. */
export const generator: Generator = { path: 'docs/reference/errors.md', generate };

function generate(): string {
  const rows = Object.entries(ERROR_CODES).map(
    ([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} | ${callsWith(code)} |`,
  );
  return `<!-- Made from packages/core/src/errors by \`npx -y pnpm@12 generate\`. -->

# Errors

Every error that Botloom throws on purpose is a \`BotloomError\` with one of these codes. The codes are stable. In
your code, test for one with \`isBotloomError(error)\` and read \`error.code\`, \`error.message\` (the problem and its
solution) and \`error.problems\`.

The REST API returns an error as a problem document (RFC 9457, \`application/problem+json\`):

\`\`\`json
{
  "type": "/api/docs#VALIDATION_FAILED",
  "title": "The input is not valid",
  "status": 422,
  "detail": "/name: must not be empty",
  "code": "VALIDATION_FAILED",
  "errors": [{ "path": "/name", "code": "too_small", "message": "must not be empty" }]
}
\`\`\`

Status 401 has the header \`WWW-Authenticate\`, 405 has \`Allow\`, 429 and 503 have \`Retry-After\` in seconds. With
status 500, the document does not describe the cause; it has a \`reference\` that is also in the log entry of the
error.

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
  return [...(isCommon ? ['every call of this type'] : []), ...(isCommon && naming.length > 3 ? [] : naming)].join(
    ', ',
  );
}
