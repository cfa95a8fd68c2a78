import * as z from 'zod/mini';
import { EVENT_NAME_PATTERN } from '../../../model/event-name.ts';
import { labeled } from '../../../model/index.ts';
import { nextStep, onError, stepId } from '../common-fields.ts';
import { compileSavedResult, savedResultFields, type SavedResult } from '../saved-result.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';
import { compileTimeout, timeoutFields, type CompiledTimeout } from '../timeout.ts';

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('wait_for_event'),
    event: labeled(z.string().check(z.regex(EVENT_NAME_PATTERN)), {
      title: 'Event',
      description:
        'Name of the event that your application sends, such as `order_paid`. ' +
        'At most 64 letters, digits, `_`, `-`, `.` and `:`.',
    }),
    ...timeoutFields,
    ...savedResultFields,
    next: nextStep,
    on_error: onError,
  }),
  {
    title: 'Wait for an event',
    description: 'Waits until your application sends an event, and continues.',
  },
);

export type WaitForEventSource = z.infer<typeof schema>;

export interface CompiledWaitForEvent extends CompiledBase<'wait_for_event'> {
  readonly event: string;
  /** Null: waits without a limit. */
  readonly timeout: CompiledTimeout | null;
  readonly save: SavedResult;
  readonly next: string | null;
}

export const waitForEventStep = {
  type: 'wait_for_event',
  summary: 'Waits until your application sends an event, and continues.',
  schema,
  compile(source, context): CompiledWaitForEvent {
    context.markWaiting();
    return {
      kind: 'wait_for_event',
      id: source.id,
      index: context.index,
      event: source.event,
      timeout: compileTimeout(source, context),
      save: compileSavedResult(source, context),
      next: context.next(source.next, '/next'),
    };
  },
} satisfies StepKind<WaitForEventSource, CompiledWaitForEvent>;
