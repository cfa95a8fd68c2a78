import type { Bot, BotUser, JsonValue } from '../../model/index.ts';
import type { StandardSchema } from './standard-schema.ts';

/** A step that is implemented by the host. Flows use it by its name in an `action` step. */
export interface HostStep<Input = unknown, Output extends JsonValue = JsonValue> {
  /** Name of the step in flows. */
  readonly type: string;
  /** One line for authors of flows. */
  readonly summary: string;
  /**
   * Schema of the input: of zod or of any other library of https://standardschema.dev. The input of the step is
   * validated after its templates are filled.
   */
  readonly schema: StandardSchema<Input>;
  /** Number of retries after an error, with growing delays. Default 3. */
  readonly retries?: number;
  /**
   * Does the work, after the state is committed. It may run more than once for one visit of the step (after a crash
   * between its work and the record of it): pass `idempotency_key` to operations that must happen once. The output is
   * stored in the session exactly once. After an error it is retried, then the flow continues with the error branch of
   * the step.
   */
  run(input: Input, context: HostStepContext): Output | Promise<Output>;
}

export interface HostStepContext {
  readonly bot: Bot;
  readonly user: BotUser;
  readonly chat_id: number;
  /** Identical for every run of the same visit of this step. */
  readonly idempotency_key: string;
  /** Counts from 1. */
  readonly attempt: number;
  /** Aborted after five minutes. */
  readonly signal: AbortSignal;
}

/** A step with any input and output, as an element of a list. Its input is always the output of its schema. */
export type AnyHostStep = Omit<HostStep, 'schema' | 'run'> & {
  readonly schema: StandardSchema<unknown>;
  run(input: never, context: HostStepContext): JsonValue | Promise<JsonValue>;
};

/**
 * Defines a step in code, typed by its schema. Pass it to `createBotloom({ steps: [...] })`. Flows use it as
 * `{"type": "action", "action": "charge", "input": {"amount": "{{ total }}"}, "save_to": "receipt"}`.
 *
 * @example
 * const charge = defineStep({
 *   type: 'charge',
 *   summary: 'Charges the customer.',
 *   schema: z.object({ amount: z.number().positive() }),
 *   run: async ({ amount }, { user, idempotency_key }) => ({
 *     receipt: await payments.charge(user.id, amount, idempotency_key),
 *   }),
 * });
 */
export function defineStep<Input, Output extends JsonValue>(step: HostStep<Input, Output>): HostStep<Input, Output> {
  return step;
}
