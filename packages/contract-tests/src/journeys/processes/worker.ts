import { createBotloom, type Role } from '@botloom/core';
import { sqlite } from '@botloom/core/sqlite';

/** Botloom without a server. Started by `journeys/worker.test.ts`. */
const botloom = createBotloom({
  storage: sqlite({ file: ':memory:' }),
  secrets: 'a master key of the tests without any value',
});
// The format that the test writes.
await botloom.start({ roles: [process.env.ROLE as Role] });
// Does not keep the process alive: the message arrives only if something else does.
setTimeout(() => process.stdout.write('still here\n'), 200).unref();
process.once('SIGTERM', () => void botloom.stop());
