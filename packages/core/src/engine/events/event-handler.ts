import type { BotProgram } from '../../flow/index.ts';
import type { AdvanceResult } from '../advance-result.ts';
import type { Env } from '../env.ts';
import type { EventMap } from '../event.ts';
import type { Session } from '../state/session.ts';

export type EventHandler<Kind extends keyof EventMap> = (
  program: BotProgram,
  session: Session,
  event: { readonly kind: Kind } & EventMap[Kind],
  env: Env,
) => AdvanceResult;
