import { listEndpoints, type Contract } from '../contract/index.ts';
import { endpointRoute, type ErasedHandler, type PipelineDeps } from './endpoint-route.ts';
import type { Handlers } from './handlers/handlers-type.ts';
import type { HttpRoute } from './http-types.ts';

/** Returns a route for every endpoint of a contract. */
export function createRoutes<C extends Contract, Context>(
  of: C,
  handlers: Handlers<C, Context>,
  context: Context,
  deps: PipelineDeps,
): HttpRoute[] {
  // `Handlers` has a handler for each endpoint, with the types that the pipeline checks at run time; a loop over both
  // cannot express that.
  const erased = handlers as unknown as Readonly<
    Record<string, Readonly<Record<string, (request: Parameters<ErasedHandler>[0], context: Context) => unknown>>>
  >;
  return listEndpoints(of).map(({ group, name, endpoint }) => {
    const handler = erased[group]?.[name];
    if (handler === undefined) throw new Error(`No handler for ${group}.${name}.`);
    return endpointRoute(endpoint, (request) => handler(request, context), deps);
  });
}
