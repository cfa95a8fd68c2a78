import type { JsonObject } from './values.ts';

/** A stored flow with one of its published versions: the input of the flow compiler. */
export interface PublishedFlow {
  readonly flow_id: string;
  readonly version_id: number;
  readonly name: string;
  readonly flow_data: JsonObject;
  /** Without the slash. */
  readonly trigger_command: string | null;
  readonly is_default: boolean;
}
