import { answers } from './answers.ts';
import { apiKeys } from './api-keys.ts';
import { bots } from './bots.ts';
import { deadLetters } from './dead-letters.ts';
import type { Endpoint } from './endpoint.ts';
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

/** The whole REST API: groups of endpoints, as the client shows them (`client.bots.list(…)`). */
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

export type Contract = Readonly<Record<string, Readonly<Record<string, Endpoint>>>>;

/** An endpoint with the name it has in the contract: `bots.list`. */
export interface NamedEndpoint {
  readonly group: string;
  readonly name: string;
  readonly endpoint: Endpoint;
}

/** Every endpoint of a contract, in its order. */
export function listEndpoints(of: Contract): readonly NamedEndpoint[] {
  return Object.entries(of).flatMap(([group, endpoints]) =>
    Object.entries(endpoints).map(([name, endpoint]) => ({ group, name, endpoint })),
  );
}
