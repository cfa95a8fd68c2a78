/** True for the name of a time zone: one of the IANA list (`Europe/Berlin`), or an offset (`+02:00`). */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
