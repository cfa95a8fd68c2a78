/** Whether a name is a time zone: of the IANA list (`Europe/Berlin`), or an offset (`+02:00`). */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
