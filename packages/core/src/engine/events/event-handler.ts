import type { EventResult } from '../advance-result.ts';
import type { EventContext } from '../event-context.ts';
import type { EventMap } from '../event.ts';

export type EventHandler<Kind extends keyof EventMap> = (
  context: EventContext<{ readonly kind: Kind } & EventMap[Kind]>,
) => EventResult;
