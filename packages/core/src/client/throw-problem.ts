import { problemDocument } from '../contract/index.ts';
import { BotloomError, ERROR_CODES, type ErrorCode } from '../errors/index.ts';

/**
 * Throws the error in a response.
 *
 * @throws UNAVAILABLE - when the response is not a problem document of Botloom, such as the error page of a proxy
 */
export async function throwProblem(response: Response): Promise<never> {
  const document = problemDocument.safeParse(await response.json().catch(() => null));
  if (!document.success || !isKnown(document.data.code)) {
    throw new BotloomError(
      'UNAVAILABLE',
      `Unexpected response ${response.status}: it did not come from the Botloom API. A proxy may have sent ` +
        'it; check baseUrl.',
    );
  }
  const { code, detail, errors } = document.data;
  const retryAfter = Number(response.headers.get('retry-after') ?? 'none');
  throw new BotloomError(code, detail, { problems: errors, ...(Number.isFinite(retryAfter) ? { retryAfter } : {}) });
}

function isKnown(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}
