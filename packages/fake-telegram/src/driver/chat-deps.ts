import type { Room } from '../state/bot-state.ts';
import type { World } from '../state/world.ts';

/** The dependencies of a chat, besides its room. */
export interface ChatDeps {
  world: World;
  expectTimeout: number;
  idle(): Promise<void>;
  /** Returns possible reasons why a bot did not reply, for error messages. */
  diagnose(room: Room): string[];
}
