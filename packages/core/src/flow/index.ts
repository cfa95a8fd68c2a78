export { compileFlow, type FlowProgram } from './compile-flow.ts';
export { buildBotProgram } from './build-bot-program.ts';
export type { BotFacts, BotProgram, CompiledVersion, PublishedFlow } from './program.ts';
