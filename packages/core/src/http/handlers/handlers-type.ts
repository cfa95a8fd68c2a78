import type { BodyOf, Contract, Endpoint, ParamsOf, QueryOf, ResponseOf } from '../../contract/index.ts';
import type { Principal } from '../../model/index.ts';

/** A parsed and authorized request, as a handler receives it. */
export interface HandlerRequest<E extends Endpoint> {
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
  /** Null if the endpoint needs no credentials. */
  readonly principal: E['permission'] extends null ? null : Principal;
  /** Mount path of Botloom: URLs in a response start with it. */
  readonly base: string;
}

/** A file to stream. Its name, and the type derived from it, are made safe when it is sent. */
export interface FileResult {
  readonly body: AsyncIterable<Uint8Array>;
  readonly size: number | null;
  readonly name: string;
}

/** A page with a policy that allows only its own style sheet. */
export interface HtmlResult {
  readonly html: string;
  readonly content_security_policy: string;
}

/** The result of a handler, by the type of response. */
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
