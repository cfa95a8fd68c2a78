import { setUpService } from './first-steps/set-up-service.ts';
import { describeMistakes } from './settings/describe-mistakes.ts';
import { readSettings } from './settings/read-settings.ts';
import type { Settings } from './settings/settings.ts';
import { explainFailure } from './start/explain-failure.ts';
import { startService, type Service } from './start/start-service.ts';
import { stopOnSignals } from './start/stop-on-signals.ts';
import { welcome } from './welcome.ts';

const { settings, mistakes, warnings } = readSettings(process.env);
for (const warning of warnings) console.error(`Warning: ${warning}`);
if (settings === null) {
  console.error(describeMistakes(mistakes));
  process.exitCode = 1;
} else {
  await run(settings);
}

async function run(checked: Settings): Promise<void> {
  let service: Service | null = null;
  try {
    const started = (service = await startService(checked));
    stopOnSignals(() => started.stop(), { print: console.log });
    console.log(welcome(started, checked, await setUpService(started, checked)));
  } catch (error) {
    console.error(explainFailure(error, checked));
    if (checked.logLevel === 'debug' || checked.logLevel === 'trace') console.error(error);
    await service?.stop();
    // A failed start ends immediately. It does not wait for open handles.
    process.exit(1);
  }
}
