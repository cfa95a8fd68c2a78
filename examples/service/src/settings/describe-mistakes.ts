import type { Mistake } from './read-settings.ts';

/** All mistakes of the configuration, as a person reads them on a terminal. */
export function describeMistakes(mistakes: readonly Mistake[]): string {
  const width = Math.max(...mistakes.map(({ variable }) => variable.length));
  const count = mistakes.length === 1 ? 'a setting is' : `${mistakes.length} settings are`;
  return [
    `Botloom cannot start: ${count} not right.`,
    '',
    ...mistakes.map(({ variable, message }) => `  ${variable.padEnd(width)}  ${message}`),
    '',
    'All settings: examples/service/README.md',
  ].join('\n');
}
