import type { TestProject } from 'vitest/node';
import { locateChromium } from './locate-chromium.ts';
import './provided-context.ts';

/** Vitest global setup: provides `chromium`, from `CHROMIUM_PATH` or from npm. */
export async function setup(project: TestProject): Promise<void> {
  project.provide('chromium', await locateChromium());
}
