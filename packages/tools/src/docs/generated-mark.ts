/** The comment at the top of a generated file, or of a file that pretends to be one. */
const MARK = /^(?:<!--|\/\/|\/\*\*?|#) *(?:Made (?:from|by) .*\bgenerate\b|@generated\b)/;

/** Returns true if the first line of a text says that the file is generated. */
export function claimsToBeGenerated(text: string): boolean {
  return MARK.test(text.slice(0, 300).split('\n')[0] ?? '');
}
