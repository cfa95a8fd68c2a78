import { contract } from '../../contract/index.ts';
import { BotloomError, isBotloomError } from '../../errors/index.ts';
import { isJsonObject, isUuid } from '../../model/index.ts';
import type { Clock, Logger } from '../../ports/index.ts';
import { limitDeclaredLength, requireValidLength } from '../body/declared-length.ts';
import { readJson } from '../body/read-json.ts';
import { describeError } from '../describe-error.ts';
import { encodeError } from '../encode-error.ts';
import type { Admission, HttpResponse, HttpRoute, RequestBody, RequestHead } from '../http-types.ts';
import { respondEmpty } from '../respond.ts';
import { createRereadLimit } from './reread-limit.ts';
import { secretMatches } from './secret-matches.ts';
import type { WebhookBot, WebhookGate } from './webhook-gate.ts';

const { method, path, body_limit } = contract.webhook.receive;
const OK: HttpResponse = respondEmpty(200);

interface WebhookDeps {
  readonly gate: WebhookGate;
  readonly logger: Logger;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/**
 * Returns the route `POST /api/webhook/:bot_id`, the hot path. The secret is compared before the body is read. For a
 * cached bot, everything is synchronous until the update is passed to the runtime. An unknown bot and a wrong secret
 * get the same response.
 */
export function webhookRoute({ gate, logger, clock }: WebhookDeps): HttpRoute {
  const mayReread = createRereadLimit(clock);
  return { method, path, admit };

  function admit(head: RequestHead): HttpResponse | Admission | Promise<HttpResponse | Admission> {
    const bot_id = head.params.bot_id ?? '';
    if (!isUuid(bot_id)) return unauthorized(head);
    try {
      const bot = gate.findBot(bot_id);
      if (bot instanceof Promise)
        return bot.then(
          (found) => check(head, bot_id, found),
          (error: unknown) => failed(head, error),
        );
      return check(head, bot_id, bot);
    } catch (error) {
      return failed(head, error);
    }
  }

  function check(
    head: RequestHead,
    bot_id: string,
    bot: WebhookBot | null,
  ): HttpResponse | Admission | Promise<HttpResponse | Admission> {
    if (bot === null) return unauthorized(head);
    if (hasValidSecret(head, bot)) return admitUpdate(head, bot_id);
    // Another instance may have just changed the secret.
    if (!mayReread(bot_id)) return unauthorized(head);
    return gate.reloadBot(bot_id).then(
      (reread) => (reread !== null && hasValidSecret(head, reread) ? admitUpdate(head, bot_id) : unauthorized(head)),
      (error: unknown) => failed(head, error),
    );
  }

  function admitUpdate(head: RequestHead, bot_id: string): HttpResponse | Admission {
    try {
      requireValidLength(head);
      const length = limitDeclaredLength(head, body_limit) ?? undefined;
      return { body_limit, handle: (body) => receive(head, bot_id, body, length) };
    } catch (error) {
      return failed(head, error);
    }
  }

  async function receive(
    head: RequestHead,
    bot_id: string,
    body: RequestBody,
    length: number | undefined,
  ): Promise<HttpResponse> {
    try {
      const read = readJson(head, body, body_limit);
      const update: unknown = read instanceof Promise ? await read : read;
      if (!isJsonObject(update)) throw new BotloomError('UPDATE_INVALID');
      await gate.processUpdate(bot_id, update, length);
      return OK;
    } catch (error) {
      return failed(head, error);
    }
  }

  /** An unexpected error becomes 503: Telegram retries the update after the time in Retry-After. */
  function failed(head: RequestHead, error: unknown): HttpResponse {
    const site = { method, base: head.base, route: path };
    if (isBotloomError(error) && error.status < 500) return encodeError(error, site, logger);
    if (!isBotloomError(error) || error.status === 500)
      logger.error({ route: path, error: describeError(error) }, 'an update failed');
    const retryAfter = isBotloomError(error) ? error.retryAfter : undefined;
    return encodeError(
      new BotloomError('UNAVAILABLE', undefined, { retryAfter: retryAfter ?? retryAfterSeconds() }),
      site,
      logger,
    );
  }

  function unauthorized(head: RequestHead): HttpResponse {
    return encodeError(
      new BotloomError('UNAUTHORIZED', 'The bot does not exist, or the secret is wrong.'),
      { method, base: head.base, route: path },
      logger,
    );
  }
}

function hasValidSecret(head: RequestHead, bot: WebhookBot): boolean {
  return secretMatches(head.headers['x-telegram-bot-api-secret-token'], bot.secrets);
}

/** Returns 1 to 3 seconds, so that not all chats of a bot retry in the same second. */
function retryAfterSeconds(): number {
  return 1 + Math.floor(Math.random() * 3);
}
