import { createBotloom, type Role } from '@botloom/core';
import { sqlite } from '@botloom/core/sqlite';

/** Botloom without a server. Run by `journeys/worker.test.ts`. */
const botloom = createBotloom({
  storage: sqlite({ file: ':memory:' }),
  secrets: 'a master key for tests only, of no value to anybody',
});
// As the test writes it.
await botloom.start({ roles: [process.env.ROLE as Role] });
// Does not hold the process itself: it is heard only if something else does.
setTimeout(() => process.stdout.write('still here\n'), 200).unref();
process.once('SIGTERM', () => void botloom.stop());
