import { useCases, type AppContext, type UseCase } from '../../app/index.ts';
import { listEndpoints, type Endpoint } from '../../contract/index.ts';
import type { Principal, Scope } from '../../model/index.ts';
import { apiContract, type ApiContract } from './api-contract.ts';
import type { Handlers } from './handlers-type.ts';
import { httpOnlyHandlers } from './http-only-handlers.ts';
import { translations } from './translations.ts';

/** Returns a handler for every endpoint, derived from the use case of the same name. */
export function createHandlers(): Handlers<ApiContract, AppContext> {
  const handlers: Record<string, Record<string, ErasedHandler>> = {};
  for (const { group, name, endpoint } of listEndpoints(apiContract)) {
    const useCase = USE_CASES[group]?.[name];
    const handler =
      useCase === undefined
        ? HTTP_ONLY[`${group}.${name}`]
        : useCaseHandler(endpoint, useCase, TRANSLATIONS[`${group}.${name}`] ?? {});
    if (handler === undefined) throw new Error(`No handler for ${group}.${name}.`);
    (handlers[group] ??= {})[name] = handler;
  }
  // The types of the three tables guarantee that each handler fits its endpoint; a loop cannot express that.
  return handlers as unknown as Handlers<ApiContract, AppContext>;
}

// The tables without their types, for the loop.
const USE_CASES: Readonly<Record<string, Readonly<Record<string, UseCase>>>> = useCases;
const TRANSLATIONS = translations as unknown as Readonly<Record<string, ErasedTranslation>>;
const HTTP_ONLY = httpOnlyHandlers as unknown as Readonly<Record<string, ErasedHandler>>;

type ErasedHandler = (request: ErasedRequest, context: AppContext) => unknown;

interface ErasedRequest {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: unknown;
  readonly body: unknown;
  readonly principal: Principal | null;
  readonly base: string;
}

interface ErasedTranslation {
  readonly args?: (request: ErasedRequest) => readonly unknown[];
  readonly answer?: (result: unknown, base: string) => unknown;
  readonly error?: (error: unknown) => unknown;
}

function useCaseHandler(endpoint: Endpoint, useCase: UseCase, translation: ErasedTranslation): ErasedHandler {
  const { args = defaultArguments(endpoint), answer, error: translateError } = translation;
  return async (request, context) => {
    try {
      const result = await useCase(context, scopeOf(request.principal), ...(args(request) as never[]));
      return answer === undefined ? result : answer(result, request.base);
    } catch (error) {
      throw translateError === undefined ? error : translateError(error);
    }
  };
}

function defaultArguments({ path, body, query }: Endpoint): (request: ErasedRequest) => readonly unknown[] {
  const names = [...path.matchAll(/:([a-z_]+)/g)].map(([, name = '']) => name);
  return (request) => [
    ...names.map((name) => request.params[name]),
    ...(body === undefined ? [] : [request.body]),
    ...(query === undefined ? [] : [request.query]),
  ];
}

/** An endpoint without credentials sees no rows: no row has the empty owner. */
const NO_ROWS: Scope = { owner: '' };

/** The rows that a caller may see. */
function scopeOf(principal: Principal | null): Scope {
  return principal === null ? NO_ROWS : { owner: principal.owner };
}
