import { environment } from './environment.ts';

/** The table of the whole configuration, as it stands in README.md. */
export function settingsTable(): string {
  const rows = Object.entries(environment.shape).map(([name, schema]) => {
    const { description, fallback } = schema.meta() ?? {};
    return `| \`${name}\` | ${String(fallback)} | ${String(description)} |`;
  });
  return ['| variable | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}
