import { problemDocument } from '../contract/index.ts';
import { BotloomError, ERROR_CODES, type ErrorCode } from '../errors/index.ts';

/** Raises the error that a response holds. What is no problem document (a proxy's page, say) is UNAVAILABLE. */
export async function raiseProblem(response: Response): Promise<never> {
  const document = problemDocument.safeParse(await response.json().catch(() => null));
  if (!document.success || !isKnown(document.data.code)) {
    throw new BotloomError(
      'UNAVAILABLE',
      `The API answered ${response.status}, but not in its own words: something between here and there did.`,
    );
  }
  const { code, detail, errors } = document.data;
  const retryAfter = Number(response.headers.get('retry-after') ?? 'none');
  throw new BotloomError(code, detail, { problems: errors, ...(Number.isFinite(retryAfter) ? { retryAfter } : {}) });
}

function isKnown(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}
