/** What one event may cost; past it the flow is ended and the trace says so. */
export const ENGINE_LIMITS = {
  /** Steps walked through. */
  steps: 100,
  /** Messages sent. */
  sends: 30,
  /**
   * Milliseconds, looked at before each step. Far more than any sensible flow takes: a pause of the whole process counts, too, and is to end no flow.
   */
  time: 250,
  /** What of them is left for the bot's error flow when an event has gone over its limit. */
  error_steps: 20,
  error_sends: 5,
  error_time: 50,
  /** Flows that call one another, and loops within loops. */
  frames: 10,
  rounds: 5,
  /** Characters that all answers of a session may take together. */
  variables: 256_000,
} as const;
