import type { ServerResponse } from 'node:http';
import { ApiError } from '../call/api-error.ts';
import type { RecordedCall } from '../call/call-log.ts';
import { send, sendError, sendJson } from '../call/send-response.ts';
import { methods } from '../methods/index.ts';
import { checkParameters } from '../parameters/parameters.ts';
import type { RawParameters } from '../parameters/read-parameters.ts';
import type { BotState } from '../state/bot-state.ts';
import type { World } from '../state/world.ts';
import type { Fault } from './fault-plan.ts';

/** A call in progress. */
export interface IncomingCall {
  world: World;
  bot: BotState;
  raw: RawParameters;
  record: RecordedCall;
  response: ServerResponse;
  /** Aborted when the client closes the connection. */
  signal: AbortSignal;
}

/** Executes a call, unless a fault prevents it, and responds. */
export async function answerCall(call: IncomingCall, fault: Fault | undefined): Promise<void> {
  if (fault === undefined) {
    await execute(call, true);
    return;
  }
  call.record.fault = typeof fault === 'string' ? fault : String(fault.status);
  if (fault === 'accepted_then_reset' || fault === 'accepted_then_timeout') await execute(call, false);
  sendFault(call, fault);
}

/** @param respond - false if the caller must not receive the result */
async function execute({ world, bot, raw, record, response, signal }: IncomingCall, respond: boolean): Promise<void> {
  let description: string | undefined;
  try {
    const definition = world.api.methods.get(record.method.toLowerCase());
    const method = methods.get(record.method.toLowerCase());
    if (!definition) throw new ApiError(404, 'Not Found: method not found');
    if (!method) throw new ApiError(501, `Not Implemented: the fake Telegram does not support ${definition.name} yet`);
    const parameters = checkParameters(raw, definition, world.api, world.settings.strict);
    const result = await method({ world, bot, parameters, signal, describe: (text) => (description = text) });
    Object.assign(record, { applied: true, result, description });
    if (respond) sendJson(response, record, 200, { ok: true, result, ...(description ? { description } : {}) });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    record.error_code = error.error_code;
    record.description = error.message;
    if (respond) sendError(response, record, error);
  }
}

function sendFault({ record, response }: IncomingCall, fault: Fault): void {
  if (typeof fault === 'object') {
    sendError(response, record, scriptedError(fault));
  } else if (fault === 'html_502') {
    send(response, record, 502, 'text/html', '<html><body><h1>502 Bad Gateway</h1></body></html>');
  } else if (fault === 'invalid_json') {
    send(response, record, 200, 'application/json', '{"ok":true,"result":{"message_id":');
  } else if (fault === 'reset' || fault === 'accepted_then_reset') {
    response.socket?.resetAndDestroy();
  }
  // A timeout stays open until the caller or the end of the fake closes it.
}

const phrases: Record<number, string | undefined> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden: bot was blocked by the user',
  404: 'Not Found',
  409: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  420: 'Flood Wait',
  500: 'Internal Server Error',
};

function scriptedError(fault: Exclude<Fault, string>): ApiError {
  const { status, retry_after, migrate_to_chat_id } = fault;
  const wait = retry_after ?? (status === 429 ? 1 : undefined);
  const usual = status === 429 ? `Too Many Requests: retry after ${wait}` : (phrases[status] ?? `Error ${status}`);
  const parameters = {
    ...(wait === undefined ? {} : { retry_after: wait }),
    ...(migrate_to_chat_id === undefined ? {} : { migrate_to_chat_id }),
  };
  return new ApiError(status, fault.description ?? usual, Object.keys(parameters).length > 0 ? parameters : undefined);
}
