import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import type { Template } from '../../template/template.ts';
import { nextStep, onError, stepId, templateText } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('refund'),
    charge: labeled(templateText, {
      title: 'Charge',
      description: 'The `telegram_payment_charge_id` of a payment in Stars by the user. A template.',
    }),
    next: nextStep,
    on_error: onError,
  }),
  { title: 'Refund', description: 'Refunds a payment in Stars.' },
);

export type RefundSource = z.infer<typeof schema>;

export interface CompiledRefund extends CompiledBase<'refund'> {
  readonly charge: Template;
  readonly next: string | null;
}

export const refundStep = {
  type: 'refund',
  summary: 'Refunds a payment in Stars.',
  schema,
  compile(source, context): CompiledRefund {
    context.markWaiting();
    return {
      kind: 'refund',
      id: source.id,
      index: context.index,
      charge: context.template(source.charge, '/charge'),
      next: context.next(source.next, '/next'),
    };
  },
} satisfies StepKind<RefundSource, CompiledRefund>;
