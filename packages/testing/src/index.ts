// Tests of a Botloom application need one import. The home of these names is `@botloom/fake-telegram`.
export { createManualClock, ExpectationError, samplePng, startFakeTelegram } from '@botloom/fake-telegram';
export type {
  FakeBot,
  FakeGroup,
  FakeTelegram,
  FakeTelegramOptions,
  Fault,
  ManualClock,
  Person,
  PersonChat,
  RecordedCall,
} from '@botloom/fake-telegram';
