import { namedShapes, schemaTable, type SchemaNode } from './schema-table.ts';

/** A page of the reference about one kind of something. */
export interface SchemaPage {
  /** Where its schema stands. */
  readonly source: string;
  readonly title: string;
  readonly summary: string;
  readonly schema: SchemaNode;
  /** Said after the summary; Markdown. */
  readonly more?: string;
  readonly example: unknown;
  /** Whether to say where its fields lead. */
  readonly branches?: boolean;
}

/** What it is, its fields, where it leads, an example, and the shapes that its fields name. */
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
      : 'It has none of its own.',
    branches ? `## Branches\n\n${branchesOf(schema)}` : '',
    '## Example',
    `\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``,
    ...[...namedShapes(schema)].map(
      ([name, shape]) =>
        `## ${name} (shape)\n\n${shape.description ?? ''}${shape.properties === undefined ? '' : `\n\n${schemaTable(shape)}`}`,
    ),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Fields that name a step: by their names, which the language keeps for them. */
function branchesOf(schema: SchemaNode): string {
  const lines = schemaTable(schema)
    .split('\n')
    .flatMap((row) => {
      const [, path = '', , , , description = ''] = row.split(/(?<!\\)\|/).map((part) => part.trim());
      return /^`(?:.*\.)?(?:next|then|else|body|on_[a-z_]+)`$/.test(path) ? [`- ${path}: ${description}`] : [];
    });
  return lines.length === 0 ? 'It leads nowhere by itself.' : lines.join('\n');
}
