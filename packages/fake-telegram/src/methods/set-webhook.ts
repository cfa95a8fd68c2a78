import { isIP } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { badRequest } from '../call/api-error.ts';
import type { WebhookSettings } from '../delivery/update-queue.ts';
import type { Method, MethodCall } from '../sending/method-call.ts';
import { deleteWebhook } from './delete-webhook.ts';
import { readAllowedUpdates } from './get-updates.ts';

/** Ports that Telegram accepts for webhooks. */
const ports = new Set(['', '80', '88', '443', '8443']);

export const setWebhook: Method = (call) => {
  const { bot, parameters } = call;
  const url = parameters.string('url') ?? '';
  if (url === '') return deleteWebhook(call);
  checkUrl(url, call);
  const webhook: WebhookSettings = {
    url,
    secret_token: readSecret(call),
    max_connections: Math.min(100, Math.max(1, parameters.number('max_connections') ?? 40)),
    ip_address: parameters.string('ip_address'),
    has_custom_certificate: parameters.upload('certificate') !== undefined,
  };
  const allowed = readAllowedUpdates(call);
  if (parameters.boolean('drop_pending_updates')) bot.queue.dropPending();
  if (isDeepStrictEqual(webhook, bot.queue.webhook) && isDeepStrictEqual(allowed, bot.queue.allowed_updates)) {
    call.describe('Webhook is already set');
    return true;
  }
  bot.queue.allowed_updates = allowed;
  bot.queue.setWebhook(webhook);
  call.describe('Webhook was set');
  return true;
};

function checkUrl(url: string, { world }: MethodCall): void {
  const bad = (reason: string) => badRequest(`bad webhook: ${reason}`);
  const full = /^[a-z]+:\/\//i.test(url) ? url : `https://${url}`;
  if (!URL.canParse(full)) throw bad('invalid webhook URL specified');
  if (world.settings.allowHttpWebhooks) return;
  const { protocol, port, hostname } = new URL(full);
  if (protocol !== 'https:') throw bad('An HTTPS URL must be provided for webhook');
  if (!ports.has(port)) throw bad('Webhook can be set up only on ports 80, 88, 443 or 8443');
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) === 6 || isReserved(host)) throw bad('IP address is reserved');
  if (isIP(host) === 0 && !host.includes('.')) throw bad('Failed to resolve host: Name or service not known');
}

function isReserved(host: string): boolean {
  return host === 'localhost' || /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(host);
}

function readSecret({ parameters }: MethodCall): string | undefined {
  const secret = parameters.string('secret_token');
  if (secret === undefined) return undefined;
  if (secret.length > 256) throw badRequest('secret token is too long');
  if (!/^[A-Za-z0-9_-]+$/.test(secret)) throw badRequest('secret token contains unallowed characters');
  return secret;
}
