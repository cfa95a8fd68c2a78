import type { HttpRoute } from './http-types.ts';

type FindRoute = (
  method: string,
  path: string,
) => { readonly route: HttpRoute; readonly params: Readonly<Record<string, string>> } | null;

/** Creates a matcher for paths of `/literal` and `/:param` parts. A parameter that cannot be decoded does not match. */
export function createMatcher(routes: readonly HttpRoute[]): FindRoute {
  const patterns = routes.map((route) => ({ route, parts: route.path.split('/') }));
  return (method, path) => {
    const parts = path.split('/');
    for (const pattern of patterns) {
      if (pattern.route.method !== method || pattern.parts.length !== parts.length) continue;
      const params = matchParts(pattern.parts, parts);
      if (params !== null) return { route: pattern.route, params };
    }
    return null;
  };
}

function matchParts(pattern: readonly string[], parts: readonly string[]): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (!expected.startsWith(':')) {
      if (expected !== part) return null;
      continue;
    }
    const value = decode(part);
    if (value === null || value === '') return null;
    params[expected.slice(1)] = value;
  }
  return params;
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
