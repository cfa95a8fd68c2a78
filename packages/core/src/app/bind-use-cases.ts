import type { Scope } from '../model/index.ts';
import type { AppContext } from './app-context.ts';
import type { BoundUseCase, BoundUseCases, UseCase } from './use-case-table.ts';
import { useCases } from './use-cases.ts';

/** Everything that can be done with bots and their data, confined to one scope. */
export interface UseCases extends BoundUseCases<typeof useCases> {
  /** Queues a text for a user: short for `messages.send`. */
  readonly send: BoundUseCase<typeof useCases.messages.send>;
}

/** Returns the use cases as functions that have their context and scope. */
export function bindUseCases(context: AppContext, scope: Scope): UseCases {
  const bind =
    (useCase: UseCase) =>
    (...args: never[]): unknown =>
      useCase(context, scope, ...args);
  const bound = mapValues(useCases, (group) => mapValues(group, bind));
  // The loop creates the function that `BoundUseCases` derives from the type of each use case.
  const groups = bound as unknown as BoundUseCases<typeof useCases>;
  return { ...groups, send: groups.messages.send };
}

function mapValues<Value, Result>(
  values: Readonly<Record<string, Value>>,
  map: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}
