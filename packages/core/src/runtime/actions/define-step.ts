import type { Bot, BotUser, JsonValue } from '../../model/index.ts';
import type { StandardSchema } from './standard-schema.ts';

/** A step that the host's code carries out: a flow names it in an `action` step. */
export interface HostStep<Input = unknown, Output extends JsonValue = JsonValue> {
  /** What flows call it. */
  readonly type: string;
  /** One line for people who make flows. */
  readonly summary: string;
  /** What it takes: a schema of zod or of any other library of https://standardschema.dev. The step's input is checked against it when its templates are filled. */
  readonly schema: StandardSchema<Input>;
  /** How often it is tried again after an error, with growing delays. Default 3. */
  readonly retries?: number;
  /**
   * Does the work, after the state is committed. It may be run more than once for one visit of the step (a crash between its work and the record of it):
   * hand `idempotency_key` on to what must happen once. What it gives is kept in the session exactly once. An error is tried again, then
   * the flow takes the step's error branch.
   */
  run(input: Input, context: HostStepContext): Output | Promise<Output>;
}

export interface HostStepContext {
  readonly bot: Bot;
  readonly user: BotUser;
  readonly chat_id: number;
  /** The same whenever this visit of the step is run again. */
  readonly idempotency_key: string;
  /** Counts from 1. */
  readonly attempt: number;
  /** Aborted after five minutes. */
  readonly signal: AbortSignal;
}

/** A step whatever it takes and gives: what a list of them holds. Its input is always what its own schema gave. */
export type AnyHostStep = Omit<HostStep, 'schema' | 'run'> & {
  readonly schema: StandardSchema<unknown>;
  run(input: never, context: HostStepContext): JsonValue | Promise<JsonValue>;
};

/**
 * Defines a step in code, typed by its schema. Give it to `createBotloom({ steps: [...] })`; flows use it as
 * `{"type": "action", "action": "charge", "input": {"amount": "{{ total }}"}, "save_to": "receipt"}`.
 *
 * @example
 * const charge = defineStep({
 *   type: 'charge',
 *   summary: 'Charges the customer.',
 *   schema: z.object({ amount: z.number().positive() }),
 *   run: async ({ amount }, { user, idempotency_key }) => ({ receipt: await payments.charge(user.id, amount, idempotency_key) }),
 * });
 */
export function defineStep<Input, Output extends JsonValue>(step: HostStep<Input, Output>): HostStep<Input, Output> {
  return step;
}
