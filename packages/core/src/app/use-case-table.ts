import type { Contract } from '../contract/index.ts';
import type { Scope } from '../model/index.ts';
import type { AppContext } from './app-context.ts';

/** One operation: the context it works with, the rows it may see, then its own arguments. */
export type UseCase = (context: AppContext, scope: Scope, ...args: never[]) => unknown;

/**
 * The use cases that a contract requires: one for every entry that is not `http_only`, under the same name. A missing
 * use case does not compile, and neither does one that the contract does not name.
 */
export type UseCaseTable<C extends Contract> = {
  readonly [Group in keyof C as [UseCaseName<C[Group]>] extends [never] ? never : Group]: {
    readonly [Name in UseCaseName<C[Group]>]: UseCase;
  };
};

type UseCaseName<Group extends Contract[string]> = {
  [Name in keyof Group]: Group[Name] extends { readonly http_only: true } ? never : Name;
}[keyof Group];

/** The arguments of a use case after the context and the scope. */
export type UseCaseArguments<U extends UseCase> = Parameters<U> extends [AppContext, Scope, ...infer Args] ? Args : [];

/** A use case with its context and scope filled in: the function that `botloom.*` has. */
export type BoundUseCase<U extends UseCase> = (...args: UseCaseArguments<U>) => ReturnType<U>;

/** A table of use cases with their context and scope filled in. */
export type BoundUseCases<Table> = {
  readonly [Group in keyof Table]: {
    readonly [Name in keyof Table[Group]]: BoundUseCase<Extract<Table[Group][Name], UseCase>>;
  };
};
