/**
 * Replaces the text between the two marks of a region in a Markdown file.
 *
 * @param name - the name in `<!-- generated: NAME -->` and `<!-- end of generated: NAME -->`
 * @returns the whole text of the file, or null if the marks are missing
 */
export function replaceRegion(text: string, name: string, content: string): string | null {
  const begin = `<!-- generated: ${name} -->\n`;
  const end = `\n<!-- end of generated: ${name} -->`;
  const start = text.indexOf(begin);
  const stop = text.indexOf(end, start);
  if (start === -1 || stop === -1) return null;
  return `${text.slice(0, start + begin.length)}\n${content.trim()}\n${text.slice(stop)}`;
}
