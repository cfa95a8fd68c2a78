export function requireEnv(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set: this program is started by the shared benchmark's runner`);
  return value;
}
