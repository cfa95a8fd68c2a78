export type { AppContext } from './app-context.ts';
export { bindUseCases, type UseCases } from './bind-use-cases.ts';
export { checkInput, describeIssue, jsonPointer, problemsOf } from './check-input.ts';
export { createKeyedLock, type KeyedLock } from './keyed-lock.ts';
export type { PageInput } from './page-input.ts';
export { createRedactingLogger } from './redacting-logger.ts';
export { shareForASecond } from './system/share-for-a-second.ts';
export type { UseCase, UseCaseArguments, UseCaseTable } from './use-case-table.ts';
export { useCases } from './use-cases.ts';

// The inputs and results of the use cases that are not records.
export type { ListAnswersInput } from './answers/list-answers.ts';
export type { CreateApiKeyInput, CreatedApiKey } from './api-keys/create-api-key.ts';
export type { CreateBotInput } from './bots/create-bot.ts';
export type { ForceOption, UpdateBotInput } from './bots/update-bot.ts';
export type { RaisedEvent, RaiseEventInput } from './events/raise-event.ts';
export type { CreateFlowInput } from './flows/create-flow.ts';
export type { ReplaceFlowInput } from './flows/replace-flow.ts';
export type { StartedFlow, StartFlowInput } from './flows/start-flow.ts';
export type { UpdateFlowInput } from './flows/update-flow.ts';
export type { ListMessagesInput } from './messages/list-messages.ts';
export type { SendMessageInput } from './messages/send-message.ts';
export type { ListSessionsInput } from './sessions/list-sessions.ts';
export type { MoveSessionInput } from './sessions/move-session.ts';
export type { CreateUploadInput } from './uploads/create-upload.ts';
export type { UploadContent } from './uploads/get-upload-content.ts';
export type { UpdateUserInput } from './users/update-user.ts';
export type { ListUsersInput } from './users/list-users.ts';
