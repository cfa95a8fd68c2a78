import type { BodyInputOf, Contract, Endpoint, ParamNames, QueryInputOf, ResponseOf } from '../contract/index.ts';

/**
 * The client of a contract: `client.bots.list({ query: { limit: '10' } })`. It has every endpoint, and nothing
 * `codeOnly`.
 */
export type ClientOf<C extends Contract> = {
  readonly [Group in keyof C]: {
    readonly [Name in keyof C[Group] as C[Group][Name] extends Endpoint ? Name : never]: ClientCall<
      Extract<C[Group][Name], Endpoint>
    >;
  };
};

/** The function of one endpoint. Its argument is optional if no member of it is required. */
export type ClientCall<E extends Endpoint> =
  NoInput extends ClientInput<E>
    ? (input?: ClientInput<E> & CallOptions) => Promise<ClientAnswer<E>>
    : (input: ClientInput<E> & CallOptions) => Promise<ClientAnswer<E>>;

/** An object without members. It is assignable to an input whose members are all optional. */
type NoInput = { readonly [name in never]: unknown };

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** The input of an endpoint: path parameters, query and body, as far as the endpoint has them. */
export type ClientInput<E extends Endpoint> = ParamsInput<E> & QueryInput<E> & BodyInput<E>;

/** The result: a record for JSON, a `Response` for files and pages, nothing for a response without a body. */
export type ClientAnswer<E extends Endpoint> = E['response'] extends 'empty'
  ? void
  : E['response'] extends 'file' | 'html'
    ? Response
    : ResponseOf<E>;

type ParamsInput<E extends Endpoint> = [ParamNames<E['path']>] extends [never]
  ? unknown
  : { readonly params: { readonly [Name in ParamNames<E['path']>]: string | number } };
type BodyInput<E extends Endpoint> = [BodyInputOf<E>] extends [undefined] ? unknown : { readonly body: BodyInputOf<E> };
type QueryInput<E extends Endpoint> = [QueryInputOf<E>] extends [undefined]
  ? unknown
  : NoInput extends QueryInputOf<E>
    ? { readonly query?: QueryValues<QueryInputOf<E>> }
    : { readonly query: QueryValues<QueryInputOf<E>> };

/** Queries are text; the client also accepts numbers and booleans. */
type QueryValues<Input> = {
  readonly [Name in keyof Input]:
    Input[Name] | (Name extends 'limit' ? number : never) | ('true' extends Input[Name] ? boolean : never);
};
