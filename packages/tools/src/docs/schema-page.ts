import { namedShapes, schemaTable, type SchemaNode } from './schema-table.ts';

/** Input of a reference page about one kind: of step, input, or trigger. */
export interface SchemaPage {
  /** Location of its schema in the sources. */
  readonly source: string;
  readonly title: string;
  readonly summary: string;
  readonly schema: SchemaNode;
  /** Markdown after the summary. */
  readonly more?: string;
  readonly example: unknown;
  /** True to list the fields that name the next step. */
  readonly branches?: boolean;
}

/** Returns the page: summary, fields, branches, an example, and the shapes that its fields refer to. */
export function schemaPage({
  source,
  title,
  summary,
  schema,
  more = '',
  example,
  branches = false,
}: SchemaPage): string {
  const parts = [
    `<!-- Made from ${source} by \`npx -y pnpm@12 generate\`. -->`,
    `# ${title}`,
    summary,
    more,
    '## Fields',
    Object.keys(schema.properties ?? {}).some((name) => name !== 'type')
      ? schemaTable(schema)
      : 'It has no fields except the common ones.',
    branches ? `## Branches\n\n${branchesOf(schema)}` : '',
    '## Example',
    `\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``,
    ...[...namedShapes(schema)].map(([name, shape]) => {
      const table = shape.properties === undefined ? '' : `\n\n${schemaTable(shape)}`;
      return `## ${name} (shape)\n\n${shape.description ?? ''}${table}`;
    }),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Lists the fields that name a step. They are recognized by their names, which the flow language reserves. */
function branchesOf(schema: SchemaNode): string {
  const lines = schemaTable(schema)
    .split('\n')
    .flatMap((row) => {
      const [, path = '', , , , description = ''] = row.split(/(?<!\\)\|/).map((part) => part.trim());
      return /^`(?:.*\.)?(?:next|then|else|body|on_[a-z_]+)`$/.test(path) ? [`- ${path}: ${description}`] : [];
    });
  return lines.length === 0 ? 'It has no branches.' : lines.join('\n');
}
