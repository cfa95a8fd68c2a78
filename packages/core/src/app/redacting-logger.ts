import type { Logger } from '../ports/index.ts';
import { redact } from '../telegram/index.ts';

const MAX_DEPTH = 4;

/**
 * Returns a logger that redacts everything that looks like a token. It is the second line of defense: the code does not
 * log tokens.
 */
export function createRedactingLogger(logger: Logger): Logger {
  const at =
    (level: keyof Logger) =>
    (data: object, message: string): void => {
      logger[level](redactMembers(data, MAX_DEPTH), redact(message));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function redactMembers(value: object, depth: number): object {
  if (value instanceof Error)
    return { name: value.name, message: redact(value.message), stack: redact(value.stack ?? '') };
  if (Array.isArray(value)) return value.map((member: unknown) => redactValue(member, depth));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, redactValue(member, depth)]));
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  return depth === 0 ? '…' : redactMembers(value, depth - 1);
}
