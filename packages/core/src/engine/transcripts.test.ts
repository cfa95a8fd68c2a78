import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { record, type Transcript } from './fixtures/transcript.ts';

const folder = join(import.meta.dirname, 'transcripts');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

describe('recorded dialogues replay unchanged', () => {
  test.each(files)('%s', (file) => {
    const transcript = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Transcript; // written by `record`
    expect(record(transcript)).toEqual(transcript);
  });

  test('there are transcripts', () => {
    expect(files.length).toBeGreaterThan(4);
  });
});
