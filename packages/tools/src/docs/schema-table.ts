/** The parts of a JSON Schema that the tables show. */
export interface SchemaNode {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly SchemaNode[];
  readonly items?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | SchemaNode;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** Returns a table of an object's fields. Fields of nested objects follow with their path (`cases[].next`). */
export function schemaTable(schema: SchemaNode): string {
  const rows = fieldRows(schema, '', schema.$defs ?? {}, 0);
  return ['| field | type | required | limits | |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}

/** Returns the shapes that have a name; each is described once. */
export function namedShapes(schema: SchemaNode): ReadonlyMap<string, SchemaNode> {
  return new Map(
    Object.entries(schema.$defs ?? {}).flatMap(([name, shape]) =>
      isNamed(name) ? [[name, { ...shape, $defs: schema.$defs ?? {} }] as const] : [],
    ),
  );
}

/** Returns a schema's type in words. */
export function typeOfSchema(schema: SchemaNode): string {
  return typeOf(schema, schema.$defs ?? {});
}

const MAX_DEPTH = 3;

function fieldRows(
  schema: SchemaNode,
  prefix: string,
  defs: Readonly<Record<string, SchemaNode>>,
  depth: number,
): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    if (name === 'type' && field.const !== undefined && depth === 0) return [];
    const path = `${prefix}${name}`;
    const resolved = resolve(field, defs);
    const needed = schema.required?.includes(name) === true ? 'yes' : '';
    const type = cell(typeOf(field, defs));
    const description = cell(describe(field, resolved));
    const row = `| \`${path}\` | ${type} | ${needed} | ${limitsOf(resolved)} | ${description} |`;
    return [row, ...(depth < MAX_DEPTH ? nestedRows(field, path, defs, depth) : [])];
  });
}

/** Returns the rows of the objects in a field: the field's value, or the elements of its list. */
function nestedRows(
  field: SchemaNode,
  path: string,
  defs: Readonly<Record<string, SchemaNode>>,
  depth: number,
): string[] {
  if (namedRef(field) !== null) return [];
  const schema = resolve(field, defs);
  if (schema.properties !== undefined) return fieldRows(schema, `${path}.`, defs, depth + 1);
  if (schema.items !== undefined) return nestedRows(schema.items, `${path}[]`, defs, depth);
  // An alternative that is a list of the same objects adds nothing: `buttons[]` and rows of buttons.
  const objects = (schema.anyOf ?? []).filter((option) => resolve(option, defs).properties !== undefined);
  return objects.flatMap((option) => nestedRows(option, path, defs, depth));
}

function resolve(field: SchemaNode, defs: Readonly<Record<string, SchemaNode>>): SchemaNode {
  const name = field.$ref?.slice('#/$defs/'.length);
  return name === undefined ? field : { ...defs[name], ...field };
}

function namedRef({ $ref }: SchemaNode): string | null {
  const name = $ref?.slice('#/$defs/'.length);
  return name !== undefined && isNamed(name) ? name : null;
}

/** Shapes without a name get a number from zod. */
function isNamed(name: string): boolean {
  return !name.startsWith('__');
}

function typeOf(field: SchemaNode, defs: Readonly<Record<string, SchemaNode>>): string {
  const named = namedRef(field);
  if (named !== null) return `[${named}](#${named.toLowerCase()}-shape)`;
  const { type, anyOf, items, additionalProperties, enum: values, const: value } = resolve(field, defs);
  if (values !== undefined) return values.map((each) => `\`${String(each)}\``).join(' ');
  if (value !== undefined) return `\`${JSON.stringify(value)}\``;
  if (anyOf !== undefined) return [...new Set(anyOf.map((option) => typeOf(option, defs)))].join(' or ');
  if (type === 'array') {
    const element = items === undefined ? 'anything' : typeOf(items, defs);
    return element.includes(' or ') ? `list of (${element})` : `list of ${element}`;
  }
  if (type === 'object' && typeof additionalProperties === 'object')
    return `object of ${typeOf(additionalProperties, defs)}`;
  return typeof type === 'string' ? type : (type ?? []).join(' or ');
}

function limitsOf({
  minimum,
  maximum,
  exclusiveMinimum,
  minLength,
  maxLength,
  minItems,
  maxItems,
}: SchemaNode): string {
  const limits = [
    isBound(minimum) ? `from ${minimum}` : '',
    exclusiveMinimum === undefined ? '' : `more than ${exclusiveMinimum}`,
    isBound(maximum) ? `up to ${maximum}` : '',
    minLength !== undefined && minLength > 1 ? `from ${minLength} characters` : '',
    maxLength === undefined ? '' : `up to ${maxLength} characters`,
    minItems === undefined ? '' : `from ${minItems}`,
    maxItems === undefined ? '' : `up to ${maxItems}`,
  ];
  return limits.filter((limit) => limit !== '').join(', ');
}

/** zod sets the bounds of JavaScript for whole numbers, which are not limits of the field. */
function isBound(value: number | undefined): value is number {
  return value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
}

function describe(field: SchemaNode, resolved: SchemaNode): string {
  return field.description ?? resolved.description ?? '';
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
