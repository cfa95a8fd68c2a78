import type { UseCase, UseCaseArguments, UseCaseTable } from '../../app/index.ts';
import type { ArgumentsOf, Contract, Endpoint } from '../../contract/index.ts';
import type { HandlerRequest, HandlerResult } from './handlers-type.ts';

/** The differences between an endpoint and its use case. */
interface Translation<E extends Endpoint, U extends UseCase> {
  /**
   * The arguments of the use case. Default: path parameters in the order of the path, then the body, then the query.
   */
  readonly args?: (request: HandlerRequest<E>) => UseCaseArguments<U>;
  /** The result to respond with. Default: the result of the use case. */
  readonly answer?: (result: Awaited<ReturnType<U>>, base: string) => HandlerResult<E>;
  /** The error to respond with. Default: the error of the use case. */
  readonly error?: (error: unknown) => unknown;
}

/**
 * The translations that a table of use cases requires: `args` where the defaults do not fit the use case, `answer`
 * where its result does not fit the endpoint. All others are optional.
 */
export type Translations<C extends Contract, Table extends UseCaseTable<C>> = {
  readonly [Name in EndpointName<C> as Fits<C, Table, Name> extends true ? Name : never]?: TranslationOf<
    C,
    Table,
    Name
  >;
} & {
  readonly [Name in EndpointName<C> as Fits<C, Table, Name> extends true ? never : Name]: TranslationOf<C, Table, Name>;
};

/** The names of the endpoints that have a use case: `bots.list`. */
type EndpointName<C extends Contract> = NameOf<C, { readonly http_only?: never }>;

/** The names of the endpoints without a use case: `system.docs`. */
export type HttpOnlyName<C extends Contract> = NameOf<C, { readonly http_only: true }>;

/** The endpoint of a name. */
export type EndpointAt<C extends Contract, Name extends string> = Name extends `${infer Group}.${infer Member}`
  ? Extract<C[Group][Member], Endpoint>
  : never;

type NameOf<C extends Contract, Kind> = {
  [Group in keyof C & string]: {
    [Name in keyof C[Group] & string]: C[Group][Name] extends Endpoint & Kind ? `${Group}.${Name}` : never;
  }[keyof C[Group] & string];
}[keyof C & string];

type UseCaseAt<Table, Name extends string> = Name extends `${infer Group}.${infer Member}`
  ? Group extends keyof Table
    ? Member extends keyof Table[Group]
      ? Extract<Table[Group][Member], UseCase>
      : never
    : never
  : never;

type TranslationOf<C extends Contract, Table, Name extends string> = Translation<
  EndpointAt<C, Name>,
  UseCaseAt<Table, Name>
> &
  (ArgumentsFit<C, Table, Name> extends true ? unknown : { readonly args: unknown }) &
  (AnswerFits<C, Table, Name> extends true ? unknown : { readonly answer: unknown });

type Fits<C extends Contract, Table, Name extends string> =
  ArgumentsFit<C, Table, Name> extends true ? AnswerFits<C, Table, Name> : false;

type ArgumentsFit<C extends Contract, Table, Name extends string> =
  ArgumentsOf<EndpointAt<C, Name>> extends UseCaseArguments<UseCaseAt<Table, Name>> ? true : false;

type AnswerFits<C extends Contract, Table, Name extends string> =
  Awaited<ReturnType<UseCaseAt<Table, Name>>> extends HandlerResult<EndpointAt<C, Name>> ? true : false;
