import type { BodyOf, Contract, Endpoint, ParamsOf, QueryOf, ResponseOf } from '../../contract/index.ts';
import type { Principal } from '../../model/index.ts';

/** A call, parsed and allowed: what a handler gets. */
export interface HandlerRequest<E extends Endpoint> {
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
  /** Null where the call needs no credentials. */
  readonly principal: E['permission'] extends null ? null : Principal;
  /** Where the host mounted Botloom: addresses in an answer start with it. */
  readonly base: string;
}

/** A file to stream; `name` and the type that follows from it are made safe on the way out. */
export interface FileResult {
  readonly body: AsyncIterable<Uint8Array>;
  readonly size: number | null;
  readonly name: string;
}

/** A page, with the policy that allows its one style sheet and nothing else. */
export interface HtmlResult {
  readonly html: string;
  readonly content_security_policy: string;
}

/** What a handler answers, by the kind of response. */
export type HandlerResult<E extends Endpoint> = E['response'] extends 'file'
  ? FileResult
  : E['response'] extends 'html'
    ? HtmlResult
    : E['response'] extends 'empty'
      ? void
      : ResponseOf<E>;

export type Handler<E extends Endpoint, Context> = (
  request: HandlerRequest<E>,
  context: Context,
) => HandlerResult<E> | Promise<HandlerResult<E>>;

/** A handler for every endpoint of a contract: a missing one does not compile. */
export type Handlers<C extends Contract, Context> = {
  readonly [Group in keyof C]: {
    readonly [Name in keyof C[Group] as C[Group][Name] extends Endpoint ? Name : never]: Handler<
      Extract<C[Group][Name], Endpoint>,
      Context
    >;
  };
};
