import type { AnswerOf, BodyInputOf, Contract, Endpoint, ParamNames, QueryInputOf } from '../contract/index.ts';

/** The client of a contract: `client.bots.list({ query: { limit: '10' } })`. It has every endpoint, and nothing `codeOnly`. */
export type ClientOf<C extends Contract> = {
  readonly [Group in keyof C]: {
    readonly [Name in keyof C[Group] as C[Group][Name] extends Endpoint ? Name : never]: ClientCall<
      Extract<C[Group][Name], Endpoint>
    >;
  };
};

/** One call. Its argument may be left out when nothing in it is required. */
export type ClientCall<E extends Endpoint> =
  Nothing extends ClientInput<E>
    ? (input?: ClientInput<E> & CallOptions) => Promise<ClientAnswer<E>>
    : (input: ClientInput<E> & CallOptions) => Promise<ClientAnswer<E>>;

/** An object without members: what leaves out all that may be left out. */
type Nothing = { readonly [name in never]: unknown };

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** What a call is given: path parameters, query and body, each only where the call has it. */
export type ClientInput<E extends Endpoint> = ParamsInput<E> & QueryInput<E> & BodyInput<E>;

/** A record for JSON, a `Response` for files and pages, nothing where nothing is answered. */
export type ClientAnswer<E extends Endpoint> = E['response'] extends 'empty'
  ? void
  : E['response'] extends 'file' | 'html'
    ? Response
    : AnswerOf<E>;

type ParamsInput<E extends Endpoint> = [ParamNames<E['path']>] extends [never]
  ? unknown
  : { readonly params: { readonly [Name in ParamNames<E['path']>]: string | number } };
type BodyInput<E extends Endpoint> = [BodyInputOf<E>] extends [undefined] ? unknown : { readonly body: BodyInputOf<E> };
type QueryInput<E extends Endpoint> = [QueryInputOf<E>] extends [undefined]
  ? unknown
  : Nothing extends QueryInputOf<E>
    ? { readonly query?: QueryValues<QueryInputOf<E>> }
    : { readonly query: QueryValues<QueryInputOf<E>> };

/** Addresses hold text; numbers and flags may be given as what they are. */
type QueryValues<Input> = {
  readonly [Name in keyof Input]:
    Input[Name] | (Name extends 'limit' ? number : never) | ('true' extends Input[Name] ? boolean : never);
};
