import { errorMessage } from '../../errors/index.ts';
import type { Logger } from '../../ports/index.ts';
import type { InstanceStore } from '../../storage/index.ts';

export interface RowHandoffDeps {
  readonly instances: Pick<InstanceStore, 'onRowsGiven'>;
  readonly onGiven: () => void;
  readonly logger: Logger;
}

/** Hears of rows that other instances give to this one. */
export class RowHandoff {
  readonly #deps: RowHandoffDeps;
  #end: (() => Promise<void>) | null = null;

  constructor(deps: RowHandoffDeps) {
    this.#deps = deps;
  }

  async listen(instance_id: string): Promise<void> {
    await this.#end?.();
    this.#end = await this.#deps.instances.onRowsGiven(instance_id, this.#deps.onGiven);
  }

  /** The same under a new id, while the runtime runs. */
  listenAgain(instance_id: string): void {
    this.listen(instance_id).catch((error: unknown) => {
      // Rows that are given all the same are found by looking at the table every few seconds.
      this.#deps.logger.warn(
        { error: errorMessage(error) },
        'other instances cannot tell this one of rows they give it',
      );
    });
  }

  async end(): Promise<void> {
    await this.#end?.();
  }
}
