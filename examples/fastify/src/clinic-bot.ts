import type { Bot, Botloom } from '@botloom/core';

/** Returns the clinic's bot. At the first start, creates it with a menu. */
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
