import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { assetsFolder } from '../assets-folder.ts';

/** Nothing but what the page brings along; what bots and people write can never become code. */
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

const assets: Record<string, string | undefined> = {
  'index.html': 'text/html; charset=utf-8',
  'style.css': 'text/css; charset=utf-8',
  'messages.css': 'text/css; charset=utf-8',
  'app.js': 'text/javascript; charset=utf-8',
  'connection.js': 'text/javascript; charset=utf-8',
  'dialogs.js': 'text/javascript; charset=utf-8',
  'elements.js': 'text/javascript; charset=utf-8',
  'formatted-text.js': 'text/javascript; charset=utf-8',
  'message-view.js': 'text/javascript; charset=utf-8',
  'reply-keyboard.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

/** Answers one of the page's own files; false if there is none of this name. */
export async function serveAsset(response: ServerResponse, name: string): Promise<boolean> {
  const contentType = assets[name];
  if (!contentType) return false;
  const body = await readFile(new URL(name, assetsFolder));
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': contentType,
    'Content-Length': body.length,
    'Cache-Control': 'no-cache',
  });
  response.end(body);
  return true;
}
