import { answers } from './answers.ts';
import { apiKeys } from './api-keys.ts';
import { bots } from './bots.ts';
import { deadLetters } from './dead-letters.ts';
import type { CodeOnly, Endpoint } from './endpoint.ts';
import { events } from './events.ts';
import { files } from './files.ts';
import { flows } from './flows.ts';
import { messages } from './messages.ts';
import { secrets } from './secrets.ts';
import { sessions } from './sessions.ts';
import { system } from './system.ts';
import { uploads } from './uploads.ts';
import { users } from './users.ts';
import { webhook } from './webhook.ts';

/**
 * The whole API surface, one name per operation. REST (`GET /api/bots`), the use case (`botloom.bots.list`) and the
 * client (`client.bots.list`) are views of this table. An entry is an endpoint with a use case of the same name, unless
 * it has `http_only` (an endpoint without a use case) or is `codeOnly` (a use case without an endpoint).
 */
export const contract = {
  bots,
  flows,
  users,
  sessions,
  events,
  messages,
  answers,
  files,
  uploads,
  secrets,
  deadLetters,
  apiKeys,
  webhook,
  system,
} satisfies Contract;

export type Contract = Readonly<Record<string, Readonly<Record<string, Endpoint | CodeOnly>>>>;

/** An endpoint with its name in the contract: `bots.list`. */
export interface NamedEndpoint {
  readonly group: string;
  readonly name: string;
  readonly endpoint: Endpoint;
}

/** Returns every endpoint of a contract, in its order. */
export function listEndpoints(of: Contract): readonly NamedEndpoint[] {
  return Object.entries(of).flatMap(([group, entries]) =>
    Object.entries(entries).flatMap(([name, entry]) => (isEndpoint(entry) ? [{ group, name, endpoint: entry }] : [])),
  );
}

function isEndpoint(entry: Endpoint | CodeOnly): entry is Endpoint {
  return !('code_only' in entry);
}
