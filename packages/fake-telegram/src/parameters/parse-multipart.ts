import { badRequest } from '../call/api-error.ts';

/** One part of a `multipart/form-data` body. */
export interface MultipartPart {
  name: string;
  /** Missing in parts that are plain fields. */
  file_name: string | undefined;
  mime_type: string;
  bytes: Uint8Array;
}

/**
 * Splits a `multipart/form-data` body. Clients differ, so header case and spaces are ignored. A body without its final
 * boundary is rejected.
 *
 * @param contentType - the header of the request, which contains the boundary
 */
export function parseMultipart(body: Buffer, contentType: string): MultipartPart[] {
  const found = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const boundary = found?.[1] ?? found?.[2];
  if (!boundary) throw badRequest('boundary not found');
  // A boundary is at the start of the body or of a line. Elsewhere it is content.
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const whole = Buffer.concat([lineBreak, body]);
  const parts: MultipartPart[] = [];
  let start = whole.indexOf(delimiter);
  while (start >= 0) {
    const contentStart = start + delimiter.length;
    if (whole.subarray(contentStart, contentStart + closing.length).equals(closing)) return parts;
    const end = whole.indexOf(delimiter, contentStart);
    if (end < 0) break;
    const part = parsePart(whole.subarray(contentStart + lineBreak.length, end));
    if (part) parts.push(part);
    start = end;
  }
  throw badRequest('the multipart body has no final boundary');
}

const closing = Buffer.from('--');
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
  // Clients escape a quote like curl (backslash) or like browsers (%22).
  return (found?.[1]?.replace(/\\(.)/g, '$1') ?? found?.[2])?.replaceAll('%22', '"');
}
