/**
 * Returns an error for the log: name, message, stack and causes. Everything that looks like a token or key is redacted.
 */
export function describeError(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { message: redact(String(error)) };
  return {
    name: error.name,
    message: redact(error.message),
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(error.stack === undefined ? {} : { stack: redact(error.stack) }),
    ...(error.cause === undefined || depth === MAX_CAUSES ? {} : { cause: describeError(error.cause, depth + 1) }),
  };
}

const MAX_CAUSES = 4;
const SECRET_PATTERN = /\b[0-9]{3,20}:[A-Za-z0-9_-]{10,}|\bbotloom_[A-Za-z0-9]+|\b(?:Bearer)\s+\S+/g;

function redact(text: string): string {
  return text.replaceAll(SECRET_PATTERN, '[redacted]');
}
