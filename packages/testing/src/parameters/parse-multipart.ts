/** One part of a `multipart/form-data` body. */
export interface MultipartPart {
  name: string;
  /** Absent in parts that are plain fields. */
  file_name: string | undefined;
  mime_type: string;
  bytes: Uint8Array;
}

/**
 * Splits a `multipart/form-data` body. Lenient about header case and spaces, since clients differ.
 *
 * @param contentType - the request's header, which names the boundary
 */
export function parseMultipart(body: Buffer, contentType: string): MultipartPart[] {
  const found = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const boundary = found?.[1] ?? found?.[2];
  if (!boundary) return [];
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: MultipartPart[] = [];
  let start = body.indexOf(delimiter);
  while (start >= 0) {
    const contentStart = start + delimiter.length;
    const end = body.indexOf(delimiter, contentStart);
    if (end < 0) break;
    const part = parsePart(body.subarray(contentStart + lineBreak.length, end - lineBreak.length));
    if (part) parts.push(part);
    start = end;
  }
  return parts;
}

const lineBreak = Buffer.from('\r\n');
const blankLine = Buffer.from('\r\n\r\n');

function parsePart(part: Buffer): MultipartPart | undefined {
  const split = part.indexOf(blankLine);
  if (split < 0) return undefined;
  const headers = part.subarray(0, split).toString('utf8');
  const disposition = /^content-disposition:(.*)$/im.exec(headers)?.[1] ?? '';
  const name = quoted(disposition, 'name');
  if (name === undefined) return undefined;
  return {
    name,
    file_name: quoted(disposition, 'filename'),
    mime_type: /^content-type:\s*([^\s;]+)/im.exec(headers)?.[1] ?? 'application/octet-stream',
    bytes: part.subarray(split + blankLine.length),
  };
}

function quoted(disposition: string, attribute: string): string | undefined {
  const found = new RegExp(`;\\s*${attribute}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'i').exec(disposition);
  return found?.[1]?.replace(/\\(.)/g, '$1') ?? found?.[2];
}
