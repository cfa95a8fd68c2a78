import { expect, test } from 'vitest';
import { createRedactingLogger } from './redacting-logger.ts';

test('tokens are redacted in every place', () => {
  const lines: unknown[] = [];
  const write = (data: object, message: string): void => {
    lines.push(data, message);
  };
  const logger = createRedactingLogger({ debug: write, info: write, warn: write, error: write });
  const token = '123456789:CANARYcanaryCANARYcanaryCANARYcanary';
  logger.error(
    { token, deep: { list: [`/bot${token}/getMe`] }, error: new Error(token), count: 5 },
    `it failed: ${token}`,
  );
  expect(JSON.stringify(lines)).not.toContain('CANARY');
  expect(lines).toMatchObject([
    { count: 5, deep: { list: ['/bot<token>/getMe'] }, error: { name: 'Error', message: '<token>' } },
    'it failed: <token>',
  ]);
});
