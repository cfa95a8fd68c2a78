import type { Bot, Botloom } from '@botloom/core';

/** Returns the shop's bot. At the first start, creates it with a greeting flow. */
export async function setUpBot(botloom: Botloom, token: string): Promise<Bot> {
  const known = (await botloom.bots.list()).items[0];
  if (known !== undefined) return known;
  const bot = await botloom.bots.create({ token });
  await botloom.flows.create(bot.id, {
    name: 'Greeting',
    trigger_command: 'start',
    flow_data: {
      steps: [
        { id: 'name', type: 'question', text: 'Welcome to the shop. What is your name?' },
        {
          id: 'thanks',
          type: 'message',
          text: 'Thank you, {{ name }}. We will tell you here when an order is shipped.',
        },
      ],
    },
  });
  return bot;
}
