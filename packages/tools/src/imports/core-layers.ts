/** Allowed imports of one layer of the core, besides itself. */
export interface LayerRule {
  /** Layers that may be imported. */
  layers: readonly string[];
  /** Layers from which only types may be imported. */
  types_of?: readonly string[];
  /** Pattern of single files of other layers that may be imported, without `.ts`. */
  files?: RegExp;
  /** Packages; `node:` stands for every module of Node. */
  packages: readonly string[];
  /** Packages from which only types may be imported. */
  package_types?: readonly string[];
  /** Uses of globals that are forbidden, and why. */
  forbidden_globals?: { pattern: RegExp; reason: string };
}

const noNetwork = {
  pattern: /^(globalThis\.)?(fetch\(\)|(WebSocket|EventSource)\b)/,
  reason: 'the network is reached through telegram/ and outbound/ only',
};

const pure = {
  pattern:
    /^(Date\.now|new Date\(\)|Date\(\)|Math\.random|performance\.|process\.|console\.|crypto\.|globalThis\.|fetch\(\)|(set|clear)(Timeout|Interval|Immediate)\(\)|queueMicrotask\(\)|eval\(\))/,
  reason: 'the engine is pure: time, randomness and identifiers come in `env`',
};

/**
 * The layers of `packages/core/src`, from the top down. A folder may import only the layers in its row.
 *
 * docs/architecture.md shows the same table; `root` means the files directly in `src`.
 */
export const coreLayers: Readonly<Record<string, LayerRule>> = {
  root: {
    layers: [
      'http',
      'app',
      'runtime',
      'telegram',
      'outbound',
      'storage',
      'simulation',
      'engine',
      'flow',
      'client',
      'contract',
      'ports',
      'model',
      'errors',
    ],
    packages: ['node:', 'zod', 'kysely', 'undici', 'better-sqlite3', 'pg'],
    forbidden_globals: noNetwork,
  },
  http: {
    layers: ['app', 'runtime', 'contract', 'ports', 'model', 'errors'],
    files: /^telegram\/([\w-]+\/)*[\w-]*secret[\w-]*$/,
    packages: ['node:', 'zod'],
    forbidden_globals: noNetwork,
  },
  app: {
    layers: ['runtime', 'storage', 'telegram', 'engine', 'flow', 'contract', 'ports', 'model', 'errors'],
    packages: ['node:', 'zod'],
    forbidden_globals: noNetwork,
  },
  runtime: {
    layers: ['engine', 'flow', 'telegram', 'outbound', 'storage', 'ports', 'model', 'errors'],
    packages: ['node:', 'zod'],
    forbidden_globals: noNetwork,
  },
  telegram: {
    layers: ['ports', 'model', 'errors'],
    types_of: ['engine'],
    packages: ['node:', 'zod', 'undici'],
  },
  outbound: { layers: ['ports', 'model', 'errors'], packages: ['node:', 'undici'] },
  storage: {
    layers: ['ports', 'model', 'errors'],
    types_of: ['engine'],
    packages: ['node:', 'zod', 'kysely', 'better-sqlite3', 'pg'],
    forbidden_globals: noNetwork,
  },
  simulation: { layers: ['engine', 'flow', 'model', 'errors'], packages: [], forbidden_globals: pure },
  engine: { layers: ['flow', 'model', 'errors'], packages: [], forbidden_globals: pure },
  flow: { layers: ['model', 'errors'], packages: ['zod', 'liquidjs', 're2js'], forbidden_globals: noNetwork },
  client: { layers: ['contract', 'model', 'errors'], packages: [] },
  contract: { layers: ['flow', 'model', 'errors'], packages: ['zod'], forbidden_globals: noNetwork },
  ports: { layers: ['model', 'errors'], packages: [], forbidden_globals: noNetwork },
  model: { layers: ['errors'], packages: ['zod'], forbidden_globals: noNetwork },
  errors: { layers: [], packages: ['zod'], forbidden_globals: noNetwork },
};

/** Network modules of Node.js and of packages, which only `telegram/` and `outbound/` may import. */
export const networkModules = /^(node:(http|https|http2|net|tls|dgram)|undici)(\/|$)/;
