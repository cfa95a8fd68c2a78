import type { TriggerKind, TriggerSource } from '@botloom/core/flow-schema';

/** An example of every trigger kind. A kind without an example does not compile. */
export const TRIGGER_EXAMPLES: { readonly [Kind in TriggerKind]: TriggerSource & { readonly kind: Kind } } = {
  command: { kind: 'command', command: '/order' },
  keyword: { kind: 'keyword', words: ['price', 'how much'], match: 'part' },
  pattern: { kind: 'pattern', pattern: '^order \\d+$', ignore_case: true },
  first_contact: { kind: 'first_contact' },
  callback: { kind: 'callback', data: 'vote:', match: 'start' },
  event: { kind: 'event', event: 'reaction', emoji: ['👍'] },
  payment: { kind: 'payment' },
  schedule: { kind: 'schedule', cron: '30 9 * * mon-fri', time_zone: 'Europe/Berlin', tag: 'newsletter' },
  fallback: { kind: 'fallback' },
};
