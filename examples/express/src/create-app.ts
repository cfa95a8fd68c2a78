import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Botloom } from '@botloom/core';
import { expressRouter } from '@botloom/express';
import { hasSession } from './session.ts';

/** Creates the app of a shop with its own routes, body parsers and error handler. Botloom is one line. */
export function createApp(botloom: Botloom, bot_id: string): Express {
  const app = express();

  // Before the body parsers, so that the secret of a webhook is checked before its body is read. After them works, too.
  app.use('/bots', expressRouter(botloom));

  app.use(express.json());
  app.get('/', (_request, response) => {
    response.send('The shop is open.');
  });
  app.post('/orders/:user_id/shipped', async (request, response) => {
    if (!hasSession(request.headers)) {
      response.status(401).json({ error: 'Log in first.' });
      return;
    }
    // The body that express.json() parsed; undefined if the request has no body.
    const { parcel } = request.body as { parcel: string };
    const message = await botloom.send(bot_id, {
      user_id: request.params.user_id,
      text: `Your order is on its way: ${parcel}`,
    });
    response.status(202).json({ message_id: message.id });
  });
  app.use(handleErrors);
  return app;
}

const handleErrors: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  response.status(500).json({ error: error instanceof Error ? error.message : 'unknown' });
};
