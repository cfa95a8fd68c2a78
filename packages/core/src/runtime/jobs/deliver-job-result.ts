import type { Clock } from '../../ports/index.ts';
import type { SessionOutcome } from '../batch/pending-input.ts';
import type { UpdateResult } from '../batch/update-result.ts';
import type { Lanes } from '../intake/lanes.ts';
import type { DeliveryResult, JobDeps } from './job-handler.ts';

/**
 * Pushes the result of a job to the lane of its chat. This also works while Botloom stops: the result of a job in
 * progress is still committed.
 */
export function deliverJobResult(
  delivery: Parameters<JobDeps['deliver']>[0],
  { lanes, clock }: { readonly lanes: Pick<Lanes, 'push'>; readonly clock: Clock },
): Promise<DeliveryResult> {
  const key = delivery.places[0]?.key;
  return new Promise((resolve, reject) => {
    const onCommitted = (result: UpdateResult, outcomes: readonly SessionOutcome[]): void => {
      resolve({ result, outcomes });
    };
    lanes.push(key?.chat_id ?? 0, {
      bot_id: key?.bot_id ?? '',
      source: { kind: 'job', ...delivery },
      bytes: 0,
      arrived_at: clock.monotonic(),
      resolve: onCommitted,
      reject,
    });
  });
}
