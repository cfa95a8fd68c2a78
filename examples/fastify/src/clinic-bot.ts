import type { Bot, Botloom } from '@botloom/core';

/** The clinic's bot, created at the first start: it takes appointments, and the clinic listens. */
export async function setUpBot(botloom: Botloom, token: string): Promise<Bot> {
  const known = (await botloom.bots.list()).items[0];
  if (known !== undefined) return known;
  const bot = await botloom.bots.create({ token });
  await botloom.flows.create(bot.id, {
    name: 'Appointment',
    trigger_command: 'start',
    is_default: true,
    flow_data: {
      type: 'menu',
      text: 'Good day, {{ user.first_name }}. What do you need?',
      buttons: [
        [
          { text: 'Opening hours', response: 'Monday to Friday, 8 to 17.' },
          { text: 'Where are you?', response: 'North Street 1.' },
        ],
      ],
    },
  });
  return bot;
}
