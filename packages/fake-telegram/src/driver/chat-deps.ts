import type { Room } from '../state/bot-state.ts';
import type { World } from '../state/world.ts';

/** What a chat needs besides its room. */
export interface ChatDeps {
  world: World;
  expectTimeout: number;
  idle(): Promise<void>;
  /** Why nothing may have come, for errors. */
  diagnose(room: Room): string[];
}
