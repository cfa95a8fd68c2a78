import { errorMessage } from '../../errors/index.ts';
import type { Logger } from '../../ports/index.ts';
import type { InstanceStore } from '../../storage/index.ts';

export interface RowHandoffDeps {
  readonly instances: Pick<InstanceStore, 'onRowHandoff'>;
  readonly onRowsReceived: () => void;
  readonly logger: Logger;
}

/** Listens for rows that other instances hand over to this one. */
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

  /** Listens under a new ID while the runtime runs. */
  relisten(instance_id: string): void {
    this.listen(instance_id).catch((error: unknown) => {
      // Rows are still found, because the table is checked every few seconds.
      this.#deps.logger.warn(
        { error: errorMessage(error) },
        'this instance cannot listen for rows from other instances; it finds them in the table after a few seconds',
      );
    });
  }

  async unsubscribe(): Promise<void> {
    await this.#unsubscribe?.();
  }
}
