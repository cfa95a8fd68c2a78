import { settingsTable } from '@botloom/example-service/settings-table';
import type { Generator } from './generator.ts';

/** The settings table of the example service. */
export const generator: Generator = { path: 'examples/service/README.md', region: 'settings', generate: settingsTable };
