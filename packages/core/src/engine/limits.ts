/** What one event may cost; past it the flow is ended and the trace says so. */
export const ENGINE_LIMITS = {
  /** Steps walked through. */
  steps: 100,
  /** Messages sent. */
  sends: 30,
  /** Characters that all answers of a session may take together. */
  variables: 256_000,
} as const;
