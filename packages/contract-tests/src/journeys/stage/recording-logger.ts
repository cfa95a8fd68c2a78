import type { Logger } from '@botloom/core';

export interface LogLine {
  readonly level: keyof Logger;
  readonly data: object;
  readonly message: string;
}

/** Records Botloom's log, for tests and for their error messages. */
export interface RecordingLogger extends Logger {
  readonly lines: readonly LogLine[];
  /** The last lines as text. */
  tail(count?: number): string;
}

export function createRecordingLogger(): RecordingLogger {
  const lines: LogLine[] = [];
  const record = (level: keyof Logger) => (data: object, message: string) => void lines.push({ level, data, message });
  return {
    lines,
    tail: (count = 10) =>
      lines
        .slice(-count)
        .map(({ level, data, message }) => `${level} ${message} ${JSON.stringify(data)}`)
        .join('\n'),
    debug: record('debug'),
    info: record('info'),
    warn: record('warn'),
    error: record('error'),
  };
}
