import type { Mistake } from './read-settings.ts';

/** Formats all mistakes of the configuration for a terminal. */
export function describeMistakes(mistakes: readonly Mistake[]): string {
  const width = Math.max(...mistakes.map(({ variable }) => variable.length));
  const count = mistakes.length === 1 ? '1 setting is' : `${mistakes.length} settings are`;
  return [
    `Botloom cannot start: ${count} invalid.`,
    '',
    ...mistakes.map(({ variable, message }) => `  ${variable.padEnd(width)}  ${message}`),
    '',
    'All settings are described in examples/service/README.md.',
  ].join('\n');
}
