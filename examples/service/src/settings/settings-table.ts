import { environment } from './environment.ts';

/** Returns the table of all settings in README.md. */
export function settingsTable(): string {
  const rows = Object.entries(environment.shape).map(([name, schema]) => {
    const { description, fallback } = schema.meta() ?? {};
    return `| \`${name}\` | ${String(fallback)} | ${String(description)} |`;
  });
  return ['| Variable | Default | Meaning |', '| --- | --- | --- |', ...rows].join('\n');
}
