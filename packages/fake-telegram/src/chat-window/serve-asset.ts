import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { assetsFolder } from '../asset-folders.ts';
import { readPageScript } from './page-script.ts';

/** Allows only the page's own files: a text of a bot or a person never becomes code. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

const contentTypes: Readonly<Record<string, string | undefined>> = {
  'index.html': 'text/html; charset=utf-8',
  'style.css': 'text/css; charset=utf-8',
  'messages.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

/** Serves a file of the page. Returns false if the page has no file with this name. */
export async function serveAsset(response: ServerResponse, name: string): Promise<boolean> {
  const asset = await readAsset(name);
  if (!asset) return false;
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': asset.contentType,
    'Content-Length': asset.body.length,
    'Cache-Control': 'no-cache',
  });
  response.end(asset.body);
  return true;
}

async function readAsset(name: string): Promise<{ contentType: string; body: Buffer } | undefined> {
  const contentType = contentTypes[name];
  if (contentType) return { contentType, body: await readFile(new URL(name, assetsFolder)) };
  const script = await readPageScript(name);
  return script === undefined
    ? undefined
    : { contentType: 'text/javascript; charset=utf-8', body: Buffer.from(script) };
}
