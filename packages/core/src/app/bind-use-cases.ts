import type {
  Answer,
  Bot,
  BotStats,
  BotUser,
  Flow,
  Message,
  Page,
  Scope,
  Secret,
  SessionRecord,
  Upload,
} from '../model/index.ts';
import type { UpdateResult } from '../runtime/index.ts';
import type { DeadLetter } from '../storage/index.ts';
import type { TelegramFile } from '../telegram/index.ts';
import { listAnswers, type ListAnswersInput } from './answers/list-answers.ts';
import type { AppContext } from './app-context.ts';
import { createBot, type CreateBotInput } from './bots/create-bot.ts';
import { deleteBot } from './bots/delete-bot.ts';
import { findBot } from './bots/find-bot.ts';
import { getBotStats } from './bots/get-bot-stats.ts';
import { listBots } from './bots/list-bots.ts';
import { removeWebhook } from './bots/remove-webhook.ts';
import { setWebhook } from './bots/set-webhook.ts';
import { updateBot, type ForceOption, type UpdateBotInput } from './bots/update-bot.ts';
import { listDeadLetters } from './dead-letters/list-dead-letters.ts';
import { replayDeadLetter } from './dead-letters/replay-dead-letter.ts';
import { raiseEvent, type RaisedEvent, type RaiseEventInput } from './events/raise-event.ts';
import { getFile } from './files/get-file.ts';
import { createFlow, type CreateFlowInput } from './flows/create-flow.ts';
import { deleteFlow } from './flows/delete-flow.ts';
import { getFlow } from './flows/get-flow.ts';
import { listFlows } from './flows/list-flows.ts';
import { startFlow, type StartedFlow, type StartFlowInput } from './flows/start-flow.ts';
import { updateFlow, type UpdateFlowInput } from './flows/update-flow.ts';
import { listMessages, type ListMessagesInput } from './messages/list-messages.ts';
import { sendMessage, type SendMessageInput } from './messages/send-message.ts';
import type { PageInput } from './page-input.ts';
import { listSecrets } from './secrets/list-secrets.ts';
import { removeSecret } from './secrets/remove-secret.ts';
import { setSecret } from './secrets/set-secret.ts';
import { commandSession } from './sessions/command-session.ts';
import { getSession } from './sessions/get-session.ts';
import { listSessions, type ListSessionsInput } from './sessions/list-sessions.ts';
import { moveSession, type MoveSessionInput } from './sessions/move-session.ts';
import { createUpload, type CreateUploadInput } from './uploads/create-upload.ts';
import { deleteUpload } from './uploads/delete-upload.ts';
import { getUploadContent, type UploadContent } from './uploads/get-upload-content.ts';
import { getUpload } from './uploads/get-upload.ts';
import { listUploads } from './uploads/list-uploads.ts';
import { getUser } from './users/get-user.ts';
import { listUsers, type ListUsersInput } from './users/list-users.ts';
import { updateUser, type UpdateUserInput } from './users/update-user.ts';

/** What can be done with bots and all that belongs to them, confined to one scope. Errors are those of the use case of the same name. */
export interface UseCases {
  readonly bots: {
    /** Asks Telegram whose token it is and keeps the bot. */
    create(input: CreateBotInput): Promise<Bot>;
    list(page?: PageInput): Promise<Page<Bot>>;
    get(id: string): Promise<Bot>;
    update(id: string, change: UpdateBotInput, options?: ForceOption): Promise<Bot>;
    delete(id: string, options?: ForceOption): Promise<void>;
    /** Has Telegram send updates to `{publicUrl}/api/webhook/{id}` with a fresh secret. */
    setWebhook(id: string): Promise<Bot>;
    removeWebhook(id: string): Promise<Bot>;
    stats(id: string): Promise<BotStats>;
  };
  readonly flows: {
    /** Publishes the first version; wrong flow data is refused with every problem and its path. */
    create(bot_id: string, input: CreateFlowInput): Promise<Flow>;
    list(bot_id: string, page?: PageInput): Promise<Page<Flow>>;
    get(bot_id: string, id: string): Promise<Flow>;
    /** Other flow data publishes a new version; people who are inside stay on theirs. */
    update(bot_id: string, id: string, change: UpdateFlowInput): Promise<Flow>;
    delete(bot_id: string, id: string): Promise<void>;
    /** For a person, in their private chat with the bot; with an `id`, once. */
    start(bot_id: string, user_id: string, id: string, input?: StartFlowInput): Promise<StartedFlow>;
  };
  readonly users: {
    list(bot_id: string, filter?: ListUsersInput): Promise<Page<BotUser>>;
    get(bot_id: string, id: string): Promise<BotUser>;
    /** Changes tags and attributes; what is not named stays. */
    update(bot_id: string, id: string, change: UpdateUserInput): Promise<BotUser>;
  };
  /** Where people stand. An `id` is that of the session's record: `{chat}_{topic}_{person}`. */
  readonly sessions: {
    /** Those that are in a flow. */
    list(bot_id: string, filter?: ListSessionsInput): Promise<Page<SessionRecord>>;
    get(bot_id: string, id: string): Promise<SessionRecord>;
    /** To a step of the flow that it is in, as if it had come there. */
    move(bot_id: string, id: string, input: MoveSessionInput): Promise<SessionRecord>;
    /** Its flow begins again. */
    reset(bot_id: string, id: string): Promise<SessionRecord>;
    /** Its flow, which a `handover` step has silenced, goes on. */
    giveBack(bot_id: string, id: string): Promise<SessionRecord>;
    /** It is in no flow any more. */
    end(bot_id: string, id: string): Promise<SessionRecord>;
  };
  readonly events: {
    /** Continues the person's sessions that wait for the event. */
    raise(bot_id: string, user_id: string, input: RaiseEventInput): Promise<RaisedEvent>;
  };
  readonly messages: {
    list(bot_id: string, filter?: ListMessagesInput): Promise<Page<Message>>;
    send(bot_id: string, input: SendMessageInput): Promise<Message>;
  };
  readonly answers: {
    /** What people answered to questions, each with its typed value; newest first. */
    list(bot_id: string, filter?: ListAnswersInput): Promise<Page<Answer>>;
  };
  readonly files: {
    /** Streams a file that Telegram keeps for the bot. */
    get(bot_id: string, file_id: string): Promise<TelegramFile>;
  };
  /** Files of a bot's own, which its flows send as `upload:{id}`. */
  readonly uploads: {
    create(bot_id: string, input: CreateUploadInput): Promise<Upload>;
    list(bot_id: string, page?: PageInput): Promise<Page<Upload>>;
    get(bot_id: string, id: string): Promise<Upload>;
    /** Streams its bytes. */
    content(bot_id: string, id: string): Promise<UploadContent>;
    /** Refused while a flow names it. */
    delete(bot_id: string, id: string): Promise<void>;
  };
  readonly secrets: {
    /** Names only; values are never shown. */
    list(bot_id: string, page?: PageInput): Promise<Page<Secret>>;
    /** Keeps a secret, or changes it. HTTP steps use it as `{{ secrets.NAME }}`. */
    set(bot_id: string, name: string, value: string): Promise<Secret>;
    remove(bot_id: string, name: string): Promise<void>;
  };
  readonly deadLetters: {
    list(bot_id: string, page?: PageInput): Promise<Page<DeadLetter>>;
    /** Processes the update once more, or has the job run again. */
    replay(bot_id: string, id: number): Promise<UpdateResult | 'queued'>;
  };
  /** Queues a text for a person; short for `messages.send`. */
  send(bot_id: string, input: SendMessageInput): Promise<Message>;
}

export function bindUseCases(context: AppContext, scope: Scope): UseCases {
  const send = (bot_id: string, input: SendMessageInput): Promise<Message> =>
    sendMessage(context, scope, bot_id, input);
  return {
    bots: {
      create: (input) => createBot(context, scope, input),
      list: (page) => listBots(context, scope, page),
      get: (id) => findBot(context, scope, id),
      update: (id, change, options) => updateBot(context, scope, id, change, options),
      delete: (id, options) => deleteBot(context, scope, id, options),
      setWebhook: (id) => setWebhook(context, scope, id),
      removeWebhook: (id) => removeWebhook(context, scope, id),
      stats: (id) => getBotStats(context, scope, id),
    },
    flows: {
      create: (bot_id, input) => createFlow(context, scope, bot_id, input),
      list: (bot_id, page) => listFlows(context, scope, bot_id, page),
      get: (bot_id, id) => getFlow(context, scope, bot_id, id),
      update: (bot_id, id, change) => updateFlow(context, scope, bot_id, id, change),
      delete: (bot_id, id) => deleteFlow(context, scope, bot_id, id),
      start: (bot_id, user_id, id, input = {}) => startFlow(context, scope, bot_id, user_id, id, input),
    },
    users: {
      list: (bot_id, filter) => listUsers(context, scope, bot_id, filter),
      get: (bot_id, id) => getUser(context, scope, bot_id, id),
      update: (bot_id, id, change) => updateUser(context, scope, bot_id, id, change),
    },
    sessions: {
      list: (bot_id, filter) => listSessions(context, scope, bot_id, filter),
      get: (bot_id, id) => getSession(context, scope, bot_id, id),
      move: (bot_id, id, input) => moveSession(context, scope, bot_id, id, input),
      reset: (bot_id, id) => commandSession(context, scope, bot_id, id, { kind: 'reset' }),
      giveBack: (bot_id, id) => commandSession(context, scope, bot_id, id, { kind: 'give_back' }),
      end: (bot_id, id) => commandSession(context, scope, bot_id, id, { kind: 'end' }),
    },
    events: { raise: (bot_id, user_id, input) => raiseEvent(context, scope, bot_id, user_id, input) },
    messages: { list: (bot_id, filter) => listMessages(context, scope, bot_id, filter), send },
    answers: { list: (bot_id, filter) => listAnswers(context, scope, bot_id, filter) },
    files: { get: (bot_id, file_id) => getFile(context, scope, bot_id, file_id) },
    uploads: {
      create: (bot_id, input) => createUpload(context, scope, bot_id, input),
      list: (bot_id, page) => listUploads(context, scope, bot_id, page),
      get: (bot_id, id) => getUpload(context, scope, bot_id, id),
      content: (bot_id, id) => getUploadContent(context, scope, bot_id, id),
      delete: (bot_id, id) => deleteUpload(context, scope, bot_id, id),
    },
    secrets: {
      list: (bot_id, page) => listSecrets(context, scope, bot_id, page),
      set: (bot_id, name, value) => setSecret(context, scope, bot_id, name, value),
      remove: (bot_id, name) => removeSecret(context, scope, bot_id, name),
    },
    deadLetters: {
      list: (bot_id, page) => listDeadLetters(context, scope, bot_id, page),
      replay: (bot_id, id) => replayDeadLetter(context, scope, bot_id, id),
    },
    send,
  };
}
