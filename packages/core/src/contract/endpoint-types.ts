import type { z } from 'zod';
import type { Endpoint, ParamNames, RawBody } from './endpoint.ts';
import type { PathParamName, PathParamValue } from './path-params.ts';

/** The path parameters of an endpoint, as its handler receives them. */
export type ParamsOf<E extends Endpoint> = {
  readonly [Name in ParamNames<E['path']> & PathParamName]: PathParamValue<Name>;
};

/** The query as the handler receives it. */
export type QueryOf<E extends Endpoint> = E extends { readonly query: infer Q extends z.ZodType }
  ? z.output<Q>
  : undefined;

/** The body as the handler receives it. */
export type BodyOf<E extends Endpoint> = E extends { readonly body: 'bytes' }
  ? RawBody
  : E extends { readonly body: infer B extends z.ZodType }
    ? z.output<B>
    : undefined;

/** The query as a caller passes it, before it is parsed. */
export type QueryInputOf<E extends Endpoint> = E extends { readonly query: infer Q extends z.ZodType }
  ? z.input<Q>
  : undefined;

/** The body as a caller passes it. Bytes are a `Blob`, such as a `File` of a browser. */
export type BodyInputOf<E extends Endpoint> = E extends { readonly body: 'bytes' }
  ? Blob
  : E extends { readonly body: infer B extends z.ZodType }
    ? z.input<B>
    : undefined;

/** The body of a JSON response; `undefined` for other responses. */
export type ResponseOf<E extends Endpoint> = E['response'] extends infer R extends z.ZodType ? z.output<R> : undefined;

/**
 * The arguments of an endpoint's use case, after the context and the scope: the path parameters in the order of the
 * path, then the body, then the query.
 */
export type ArgumentsOf<E extends Endpoint> = [
  ...PathArguments<E['path']>,
  ...(BodyOf<E> extends undefined ? [] : [body: BodyOf<E>]),
  ...(QueryOf<E> extends undefined ? [] : [query: QueryOf<E>]),
];

type PathArguments<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? [...ParamArgument<Name>, ...PathArguments<`/${Rest}`>]
  : Path extends `${string}:${infer Name}`
    ? ParamArgument<Name>
    : [];
type ParamArgument<Name extends string> = Name extends PathParamName ? [PathParamValue<Name>] : [never];
