import * as z from 'zod/mini';
import { labeled } from '../../../model/index.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import type { CompiledValue } from '../../values/compiled-value.ts';
import { parsePath } from '../../values/placeholder-path.ts';
import { onError, stepId, variableName } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('loop'),
    list: labeled(z.string().check(z.minLength(1), z.maxLength(256)), {
      title: 'List',
      description:
        'The variable that contains the list, or a path to it (`order.items`). Any other value has no items.',
    }),
    item: labeled(z.optional(variableName), {
      title: 'Item variable',
      description: 'The variable for the item of the round. Default: `item`.',
    }),
    index: labeled(z.optional(variableName), {
      title: 'Index variable',
      description: 'The variable that counts the rounds, starting at 1. Default: none.',
    }),
    limit: labeled(z.optional(z.int().check(z.gte(1), z.lte(FLOW_LIMITS.list))), {
      title: 'Limit',
      description: 'Maximum number of rounds. Default: 100.',
    }),
    body: labeled(z.string(), {
      title: 'Body',
      description:
        'ID of the first step of each round. A round ends when a step leads to `null` or back to the loop; ' +
        'then the next round starts.',
    }),
    next: labeled(z.nullable(z.string()), {
      title: 'Next step',
      description: 'ID of the next step after the last round; `null` ends the flow.',
    }),
    on_error: onError,
  }),
  { title: 'Loop', description: 'Runs the same steps for every item of a list.' },
);

export type LoopSource = z.infer<typeof schema>;

export interface CompiledLoop extends CompiledBase<'loop'> {
  readonly list: CompiledValue;
  readonly item: string;
  readonly index_variable: string | null;
  readonly limit: number;
  readonly body: string;
  readonly next: string | null;
}

export const loopStep = {
  type: 'loop',
  summary: 'Runs the same steps for every item of a list.',
  schema,
  compile(source, context): CompiledLoop {
    const path = context.readPath(parsePath(source.list), source.list, '/list');
    return {
      kind: 'loop',
      id: source.id,
      index: context.index,
      list: { kind: 'place', path },
      item: context.declareVariable(source.item ?? 'item', '/item'),
      index_variable: source.index === undefined ? null : context.declareVariable(source.index, '/index'),
      limit: source.limit ?? 100,
      // A list ends, so a loop through the body is not endless.
      body: context.deferredStepReference(source.body, '/body'),
      next: source.next === null ? null : context.stepReference(source.next, '/next'),
    };
  },
} satisfies StepKind<LoopSource, CompiledLoop>;
