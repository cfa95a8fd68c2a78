/** An expected failure of the start. Its message and its advice are printed without a stack. */
export class StartError extends Error {
  readonly advice: string;

  constructor(reason: string, advice: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'StartError';
    this.advice = advice;
  }
}
