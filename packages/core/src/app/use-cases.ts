import type { contract } from '../contract/index.ts';
import { listAnswers } from './answers/list-answers.ts';
import { countApiKeys } from './api-keys/count-api-keys.ts';
import { createApiKey } from './api-keys/create-api-key.ts';
import { findApiKey } from './api-keys/find-api-key.ts';
import { listApiKeys } from './api-keys/list-api-keys.ts';
import { revokeApiKey } from './api-keys/revoke-api-key.ts';
import { createBot } from './bots/create-bot.ts';
import { deleteBot } from './bots/delete-bot.ts';
import { getBotStats } from './bots/get-bot-stats.ts';
import { getBot } from './bots/get-bot.ts';
import { listBots } from './bots/list-bots.ts';
import { removeWebhook } from './bots/remove-webhook.ts';
import { setWebhook } from './bots/set-webhook.ts';
import { updateBot } from './bots/update-bot.ts';
import { listDeadLetters } from './dead-letters/list-dead-letters.ts';
import { replayDeadLetter } from './dead-letters/replay-dead-letter.ts';
import { raiseEvent } from './events/raise-event.ts';
import { getFile } from './files/get-file.ts';
import { createFlow } from './flows/create-flow.ts';
import { deleteFlow } from './flows/delete-flow.ts';
import { getFlow } from './flows/get-flow.ts';
import { listFlows } from './flows/list-flows.ts';
import { replaceFlow } from './flows/replace-flow.ts';
import { startFlow } from './flows/start-flow.ts';
import { updateFlow } from './flows/update-flow.ts';
import { listMessages } from './messages/list-messages.ts';
import { sendMessage } from './messages/send-message.ts';
import { listSecrets } from './secrets/list-secrets.ts';
import { removeSecret } from './secrets/remove-secret.ts';
import { setSecret } from './secrets/set-secret.ts';
import { endSession } from './sessions/end-session.ts';
import { getSession } from './sessions/get-session.ts';
import { giveBackSession } from './sessions/give-back-session.ts';
import { listSessions } from './sessions/list-sessions.ts';
import { moveSession } from './sessions/move-session.ts';
import { resetSession } from './sessions/reset-session.ts';
import { checkReady } from './system/check-ready.ts';
import { createUpload } from './uploads/create-upload.ts';
import { deleteUpload } from './uploads/delete-upload.ts';
import { getUploadContent } from './uploads/get-upload-content.ts';
import { getUpload } from './uploads/get-upload.ts';
import { listUploads } from './uploads/list-uploads.ts';
import type { UseCaseTable } from './use-case-table.ts';
import { getUser } from './users/get-user.ts';
import { listUsers } from './users/list-users.ts';
import { updateUser } from './users/update-user.ts';

/**
 * The use cases by their names in the contract. REST handlers and `botloom.*` are derived from this table, so editors
 * show the doc comments here for `botloom.*`.
 */
export const useCases = {
  bots: {
    /** Reads the bot's profile from Telegram and stores the bot. */
    create: createBot,
    /** Lists bots, newest first. */
    list: listBots,
    get: getBot,
    /** Changes the given members of a bot. */
    update: updateBot,
    /** Removes the webhook, then deletes the bot. */
    delete: deleteBot,
    /** Makes Telegram send updates to `{publicUrl}/api/webhook/{id}`, with a new secret. */
    setWebhook,
    removeWebhook,
    /** Returns counters of the bot and the health of its webhook. */
    stats: getBotStats,
  },
  flows: {
    /** Publishes the first version. Invalid flow data is refused with every problem and its path. */
    create: createFlow,
    /** Lists the flows of a bot, oldest first. */
    list: listFlows,
    get: getFlow,
    /** Changes the given members. Changed flow data publishes a new version; users in the flow stay in theirs. */
    update: updateFlow,
    /** Like `update`, but members that are left out get their defaults. */
    replace: replaceFlow,
    delete: deleteFlow,
    /** Starts a flow for a user, in their private chat with the bot. A call with an `id` takes effect once. */
    start: startFlow,
  },
  users: {
    /** Lists the users of a bot, last active first. */
    list: listUsers,
    get: getUser,
    /** Changes tags and attributes. Those that are not named do not change. */
    update: updateUser,
  },
  /** The `id` of a session is that of its record: `{chat}_{topic}_{user}`. */
  sessions: {
    /** Lists the sessions that are in a flow. */
    list: listSessions,
    get: getSession,
    /** Moves a session to a step of its flow, as if the flow had reached that step. */
    move: moveSession,
    /** Starts the session's flow again. */
    reset: resetSession,
    /** Continues a flow that a `handover` step paused. */
    giveBack: giveBackSession,
    /** Takes the session out of its flow. */
    end: endSession,
  },
  events: {
    /** Continues the user's sessions that wait for the event. */
    raise: raiseEvent,
  },
  messages: {
    /** Lists the message log, newest first. */
    list: listMessages,
    /** Queues a text for a user. */
    send: sendMessage,
  },
  answers: {
    /** Lists the answers to questions with their typed values, newest first. */
    list: listAnswers,
  },
  files: {
    /** Streams a file that Telegram stores for the bot. */
    get: getFile,
  },
  /** Files of the bot that its flows send as `upload:{id}`. */
  uploads: {
    create: createUpload,
    /** Lists uploads, newest first. */
    list: listUploads,
    get: getUpload,
    /** Streams the bytes of an upload. */
    content: getUploadContent,
    /** Refused while a current version of a flow names the upload. */
    delete: deleteUpload,
  },
  secrets: {
    /** Lists the names. Values are never shown. */
    list: listSecrets,
    /** Stores a secret or replaces its value. HTTP steps use it as `{{ secrets.NAME }}`. */
    set: setSecret,
    remove: removeSecret,
  },
  deadLetters: {
    /** Lists the updates and jobs that could not be processed, newest first. */
    list: listDeadLetters,
    /** Processes the update again, or runs the job again. */
    replay: replayDeadLetter,
  },
  /** Keys for the REST API. `create`, `find` and `count` are refused in a scope that is confined to an owner. */
  apiKeys: {
    /** Creates a key. Its text is in this result only; the database stores its hash. */
    create: createApiKey,
    /** Lists keys without their texts, newest first. */
    list: listApiKeys,
    revoke: revokeApiKey,
    /** Returns the record of a valid key, or null. */
    find: findApiKey,
    /** Returns the number of keys. */
    count: countApiKeys,
  },
  system: {
    /** Checks that the database is reachable and migrated. */
    ready: checkReady,
  },
} satisfies UseCaseTable<typeof contract>;
