/**
 * A notification from a part that is created early to one that is created later. Connect it once; before that,
 * `notify` does nothing. It carries no data, so that it costs nothing on the hot path.
 */
export class Signal {
  #listener: () => void = () => undefined;

  connect(listener: () => void): void {
    this.#listener = listener;
  }

  readonly notify = (): void => {
    this.#listener();
  };
}
