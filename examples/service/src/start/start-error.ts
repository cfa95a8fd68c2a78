/** Why the service cannot start, and what to do about it: printed as it is, without a stack. */
export class StartError extends Error {
  readonly advice: string;

  constructor(reason: string, advice: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'StartError';
    this.advice = advice;
  }
}
