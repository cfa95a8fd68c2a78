import * as z from 'zod/mini';
import { DAY_MS, labeled } from '../../../model/index.ts';
import type { CompileContext } from '../../compile-context.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import type { Template } from '../../template/template.ts';
import { durationSource } from '../../time/duration.ts';
import { nextStep, onError, stepId, templateText } from '../common-fields.ts';
import type { CompiledBase, StepKind } from '../step-kind.ts';
import type { CompiledTimeout } from '../timeout.ts';
import { compileDuration } from '../wait/wait-step.ts';

const schema = labeled(
  z.strictObject({
    id: stepId,
    type: z.literal('handover'),
    subject: labeled(z.optional(templateText), {
      title: 'Subject',
      description:
        'The reason, shown to operators in the list of sessions. A template; at most 256 characters are shown.',
    }),
    commands: labeled(z.optional(z.boolean()), {
      title: 'Commands',
      description:
        'If true, commands of flows work during the handover, and end it. ' +
        'Default: the bot does not react to anything that the user sends or presses.',
    }),
    timeout: labeled(z.optional(durationSource), {
      title: 'Timeout',
      description:
        'Time after which the flow continues if no operator hands the session back, such as `{"hours": 2}`. ' +
        'Default: 24 hours.',
    }),
    on_timeout: labeled(z.optional(z.nullable(z.string())), {
      title: 'On timeout',
      description: 'ID of the next step after the timeout; `null` ends the flow. Default: `next`.',
    }),
    next: nextStep,
    on_error: onError,
  }),
  { title: 'Hand over to a human', description: 'The bot does not reply until an operator hands the session back.' },
);

export type HandoverSource = z.infer<typeof schema>;

export interface CompiledHandover extends CompiledBase<'handover'> {
  readonly subject: Template | null;
  readonly allows_commands: boolean;
  readonly timeout: CompiledTimeout;
  readonly next: string | null;
}

/** Even if operators forget a user, the bot does not stay silent forever. */
const DEFAULT_TIMEOUT_MS = DAY_MS;

export const handoverStep = {
  type: 'handover',
  summary: 'The bot does not reply until an operator hands the session back.',
  schema,
  compile(source, context): CompiledHandover {
    context.markWaiting();
    const next = context.next(source.next, '/next');
    return {
      kind: 'handover',
      id: source.id,
      index: context.index,
      subject:
        source.subject === undefined ? null : context.template(source.subject, '/subject', { limit: FLOW_LIMITS.text }),
      allows_commands: source.commands === true,
      timeout: {
        after: source.timeout === undefined ? DEFAULT_TIMEOUT_MS : compileDuration(source.timeout, '/timeout', context),
        next: compileBranch(source.on_timeout, next, context),
      },
      next,
    };
  },
} satisfies StepKind<HandoverSource, CompiledHandover>;

function compileBranch(target: string | null | undefined, next: string | null, context: CompileContext): string | null {
  if (target === undefined) return next;
  return target === null ? null : context.stepReference(target, '/on_timeout');
}
