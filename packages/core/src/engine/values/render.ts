import type { Template, TemplateScope } from '../../flow/index.ts';
import { paymentValue } from '../payments/payment-value.ts';
import type { Run } from '../run/run.ts';

/** Renders a template to a text. */
export function render(template: Template, run: Run): string {
  return template.constant ?? template.render(scopeFor(run));
}

/** Returns the values that templates and conditions see. */
export function scopeFor(run: Run): TemplateScope {
  return (run.scope ??= scopeOf(run));
}

function scopeOf({ program, event, user, variables, origin }: Run): TemplateScope {
  const { id, chat_id, username, first_name, last_name, language, phone, tags, attributes } = user;
  const { bot } = program;
  const happened = event.kind === 'chat_event' ? event : origin;
  const command = event.kind === 'message' ? event.command : null;
  return {
    user: {
      id,
      chat_id,
      username,
      first_name,
      last_name,
      full_name: last_name === null ? first_name : `${first_name} ${last_name}`,
      language,
      phone,
      tags,
      attributes,
    },
    // Copied by name, so that nothing else of the bot ever appears in a text.
    bot: { id: bot.id, name: bot.name, username: bot.username },
    message: { text: event.kind === 'message' ? event.text : null },
    event: {
      kind: event.kind === 'chat_event' ? event.name : event.kind,
      command: command?.name ?? null,
      args: command?.args ?? null,
      name: event.kind === 'external' ? event.name : null,
      data: event.kind === 'callback' || event.kind === 'external' ? event.data : null,
      chat_title: happened?.chat.title ?? null,
      emoji: happened?.emoji ?? null,
      invite_link: happened?.invite_link ?? null,
      bio: happened?.bio ?? null,
      payment: event.kind === 'payment' ? paymentValue(event) : null,
    },
    variables,
  };
}
