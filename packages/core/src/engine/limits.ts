/**
 * Budget of one event. If an event exceeds it, the flow ends or the bot's error flow starts. The trace contains the
 * reason.
 */
export const ENGINE_LIMITS = {
  /** Steps run. */
  steps: 100,
  /** Messages sent. */
  sends: 30,
  /**
   * Milliseconds, checked before each step. Far more than any sensible flow needs: a pause of the whole process counts
   * too, and must not end a flow.
   */
  time_ms: 250,
  /** The part reserved for the bot's error flow when an event has exceeded its budget. */
  error_steps: 20,
  error_sends: 5,
  error_time_ms: 50,
  /** Nesting of called flows, and of loops. */
  frames: 10,
  rounds: 5,
  /** Characters of all variables of a session together. */
  variables_length: 256_000,
} as const;
