import { errorMessage } from '../../errors/index.ts';
import type { Logger } from '../../ports/index.ts';
import type { InstanceStore } from '../../storage/index.ts';

export interface RowHandoffDeps {
  readonly instances: Pick<InstanceStore, 'onRowHandoff'>;
  readonly onRowsReceived: () => void;
  readonly logger: Logger;
}

/** Hears of rows that other instances give to this one. */
export class RowHandoff {
  readonly #deps: RowHandoffDeps;
  #unsubscribe: (() => Promise<void>) | null = null;

  constructor(deps: RowHandoffDeps) {
    this.#deps = deps;
  }

  async listen(instance_id: string): Promise<void> {
    await this.#unsubscribe?.();
    this.#unsubscribe = await this.#deps.instances.onRowHandoff(instance_id, this.#deps.onRowsReceived);
  }

  /** The same under a new id, while the runtime runs. */
  relisten(instance_id: string): void {
    this.listen(instance_id).catch((error: unknown) => {
      // Rows that are given all the same are found by looking at the table every few seconds.
      this.#deps.logger.warn(
        { error: errorMessage(error) },
        'other instances cannot tell this one of rows they give it',
      );
    });
  }

  async unsubscribe(): Promise<void> {
    await this.#unsubscribe?.();
  }
}
