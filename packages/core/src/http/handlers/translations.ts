import type { useCases } from '../../app/index.ts';
import { BotloomError, formatProblems, isBotloomError } from '../../errors/index.ts';
import type { BotUser, Message } from '../../model/index.ts';
import type { ApiContract } from './api-contract.ts';
import type { Translations } from './translation.ts';

/** The endpoints that differ from their use cases. */
export const translations = {
  'flows.create': { error: flowDataInBody },
  'flows.replace': { error: flowDataInBody },
  'users.list': {
    answer: (page, base) => ({ ...page, items: page.items.map((user) => withPhotoAddress(user, base)) }),
  },
  'users.get': { answer: withPhotoAddress },
  'users.update': { answer: withPhotoAddress },
  'messages.list': {
    answer: (page, base) => ({ ...page, items: page.items.map((message) => withFileAddress(message, base)) }),
  },
  'messages.send': { answer: withFileAddress },
  'uploads.create': {
    args: ({ params, query, body }) => [
      params.id,
      { name: query.name, content_type: body.content_type, content: body.bytes },
    ],
  },
  'secrets.set': { args: ({ params, body }) => [params.id, params.secret_name, body.value] },
  'deadLetters.replay': { answer: (result) => ({ result }) },
} satisfies Translations<ApiContract, typeof useCases>;

/** The use case reports paths in the flow document; the caller sent a body with the document in `flow_data`. */
function flowDataInBody(error: unknown): unknown {
  if (!isBotloomError(error) || error.code !== 'FLOW_DATA_INVALID') return error;
  const problems = error.problems.map((problem) => ({ ...problem, path: `/flow_data${problem.path}` }));
  return new BotloomError(error.code, formatProblems(problems), { problems });
}

function withPhotoAddress(user: BotUser, base: string): BotUser {
  const { profile_photo } = user;
  return profile_photo === null ? user : { ...user, profile_photo: base + profile_photo };
}

function withFileAddress(message: Message, base: string): Message {
  const { file_url } = message;
  return file_url === null ? message : { ...message, file_url: base + file_url };
}
