import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

/** Test results of a run. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Vitest reporter that writes the counts over all projects to the file named by `BOTLOOM_TEST_COUNTS`, and prints the
 * reason
 * of every skipped test. A skip without a reason fails the run.
 */
export default class CountsReporter implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const skipped = tests.filter((test) => test.result().state === 'skipped');
    const unexplained = skipped.filter((test) => !skipReason(test));
    const brokenModules = modules.filter((module) => module.errors().length > 0);
    const counts: Counts = {
      passed: tests.filter((test) => test.result().state === 'passed').length,
      failed:
        tests.filter((test) => test.result().state === 'failed').length +
        brokenModules.length +
        errors.length +
        unexplained.length,
      skipped: skipped.length - unexplained.length,
    };
    for (const test of skipped)
      this.#say(`skipped: ${test.fullName}: ${skipReason(test) ?? 'NO REASON GIVEN, which is a failure'}`);
    if (unexplained.length > 0) process.exitCode = 1;
    const file = process.env.BOTLOOM_TEST_COUNTS;
    if (!file) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(counts));
  }

  #say(line: string): void {
    this.#vitest?.logger.log(line);
  }
}

function skipReason(test: TestCase): string | undefined {
  const result = test.result();
  return result.state === 'skipped' ? result.note : undefined;
}
