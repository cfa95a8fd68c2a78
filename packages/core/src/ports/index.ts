export { systemClock, type Clock } from './clock.ts';
export { createManualClock, type ManualClock } from './manual-clock.ts';
export { silentLogger, type Logger } from './logger.ts';
