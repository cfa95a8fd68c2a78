import data from './bot-api.json' with { type: 'json' };

/** The Bot API as data: the parameters and the result of every method, and the fields of every type. */
export interface BotApi {
  version: string;
  methods: ReadonlyMap<string, ApiMethod>;
  types: ReadonlyMap<string, ApiType>;
}

export interface ApiMethod {
  name: string;
  returns: readonly string[];
  fields: ReadonlyMap<string, ApiField>;
}

/** An object with fields, or a union of other types. */
export interface ApiType {
  name: string;
  fields: ReadonlyMap<string, ApiField>;
  subtypes: readonly string[];
}

export interface ApiField {
  name: string;
  /** `Integer`, `String`, `Boolean`, `Float`, the name of a type, or one of these followed by `[]`. */
  types: readonly string[];
  required: boolean;
  limit?: ApiLimit;
  /** The only valid value. It distinguishes the variants of a union. */
  constant?: string;
}

/** Minimum and maximum of a length, of a number of items, or of a value. */
export interface ApiLimit {
  min: number;
  max: number;
  unit: 'characters' | 'bytes' | 'items' | 'value';
}

/** Methods by their name in lower case: Telegram ignores the case. */
export function loadBotApi(): BotApi {
  const source: BotApiJson = data;
  return {
    version: source.version,
    methods: new Map(
      Object.entries(source.methods).map(([name, method]) => [
        name.toLowerCase(),
        { name, returns: method.returns.split('|'), fields: decodeFields(method.fields) },
      ]),
    ),
    types: new Map(
      Object.entries(source.types).map(([name, type]) => [
        name,
        { name, subtypes: type.subtypes ?? [], fields: decodeFields(type.fields ?? {}) },
      ]),
    ),
  };
}

interface BotApiJson {
  version: string;
  methods: Record<string, { returns: string; fields: Record<string, string | undefined> }>;
  types: Record<string, { subtypes?: string[]; fields?: Record<string, string | undefined> }>;
}

const units: Record<string, ApiLimit['unit']> = { c: 'characters', b: 'bytes', n: 'items', v: 'value' };

function decodeFields(fields: Record<string, string | undefined>): ReadonlyMap<string, ApiField> {
  return new Map(Object.entries(fields).map(([name, code]) => [name, decodeField(name, code ?? '')]));
}

/** Reads `Integer|String!`, `String 1..64b` and `String! =photo`, the short forms that `generate-bot-api.ts` writes. */
function decodeField(name: string, code: string): ApiField {
  const [type = '', detail = ''] = code.split(' ');
  const required = type.endsWith('!');
  const field: ApiField = { name, required, types: (required ? type.slice(0, -1) : type).split('|') };
  if (detail.startsWith('=')) return { ...field, constant: detail.slice(1) };
  const range = /^(\d+)\.\.(\d+)(\w)$/.exec(detail);
  const unit = range && units[range[3] ?? ''];
  return unit ? { ...field, limit: { min: Number(range[1]), max: Number(range[2]), unit } } : field;
}
