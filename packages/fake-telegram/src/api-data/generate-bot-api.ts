/**
 * Reduces the machine-readable description of the Bot API to the parts that the fake checks: names, types, required
 * flags, return types and numeric limits. Telegram's prose is only read for the limits.
 */

/** Writes one line of JSON per method or type, so that the diff of a new version of the Bot API is readable. */
export function generateBotApi(spec: ApiSpec, delta: ApiDelta): string {
  const methods = sortedEntries(spec.methods).map(([name, method]) => {
    const removed = delta.method_fields_removed[name] ?? [];
    const fields = [
      ...(method.fields ?? []).filter((field) => !removed.includes(field.name)),
      ...(delta.method_fields_added[name] ?? []),
    ];
    return line(name, { returns: method.returns.map(shortType).join('|'), fields: fieldTable(fields) });
  });
  const types = sortedEntries({ ...spec.types, ...delta.new_types }).map(([name, type]) => {
    const subtypes = [...(type.subtypes ?? []), ...(delta.subtypes_added[name] ?? [])];
    if (subtypes.length > 0) return line(name, { subtypes });
    return line(name, { fields: fieldTable([...(type.fields ?? []), ...(delta.type_fields_added[name] ?? [])]) });
  });
  return [
    '{',
    `"version": ${JSON.stringify(delta.version)},`,
    '"methods": {',
    methods.join(',\n'),
    '},',
    '"types": {',
    types.join(',\n'),
    '}',
    '}',
    '',
  ].join('\n');
}

/** A parameter or field in the source. */
export interface ApiField {
  name: string;
  types: string[];
  required: boolean;
  description: string;
}

export interface ApiSpec {
  methods: Record<string, { returns: string[]; fields?: ApiField[] }>;
  types: Record<string, ApiType>;
}

interface ApiType {
  fields?: ApiField[];
  subtypes?: string[];
}

/** The changes of a newer version of the Bot API to an older description. */
export interface ApiDelta {
  version: string;
  new_types: Record<string, ApiType>;
  type_fields_added: Record<string, ApiField[]>;
  method_fields_added: Record<string, ApiField[]>;
  method_fields_removed: Record<string, string[]>;
  subtypes_added: Record<string, string[]>;
}

function line(name: string, value: unknown): string {
  return `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
}

function sortedEntries<T>(record: Record<string, T>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

function fieldTable(fields: ApiField[]): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field.name, encodeField(field)]));
}

/**
 * Encodes a field: `Integer|String!` is required and has either type, ` 1..64b` limits its bytes, and ` =photo` is its
 * only value.
 */
function encodeField(field: ApiField): string {
  return (
    field.types.map(shortType).join('|') + (field.required ? '!' : '') + (encodeConstant(field) || encodeLimit(field))
  );
}

/** Encodes the constant that distinguishes the variants of a union. */
function encodeConstant(field: ApiField): string {
  const found = /(?:, must be|, always) ["“]?([a-z_]+)["”]?\.?$/.exec(field.description);
  return found && field.required && field.types.includes('String') ? ` =${found[1]}` : '';
}

function shortType(type: string): string {
  return type.startsWith('Array of ') ? `${shortType(type.slice('Array of '.length))}[]` : type;
}

const limitPatterns: readonly { pattern: RegExp; unit: string; types: RegExp }[] = [
  { pattern: /(\d+)-(\d+) bytes/, unit: 'b', types: /String/ },
  { pattern: /(\d+)-(\d+) characters/, unit: 'c', types: /String/ },
  { pattern: /(?:list of|must include) (\d+)-(\d+) /, unit: 'n', types: /^Array of/ },
  { pattern: /(?:Values between |[,;] )(\d+)-(\d+)(?= are|\. |\.?$)/, unit: 'v', types: /Integer|Float/ },
];

function encodeLimit(field: ApiField): string {
  for (const { pattern, unit, types } of limitPatterns) {
    const found = field.types.some((type) => types.test(type)) && pattern.exec(field.description);
    if (found) return ` ${found[1]}..${found[2]}${unit}`;
  }
  return '';
}
