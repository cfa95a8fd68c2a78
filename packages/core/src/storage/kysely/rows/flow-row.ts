import type { Flow, PublishedFlow } from '../../../model/index.ts';
import { toBoolean, toJsonObject, toNumber, toTimestamp } from './values.ts';

export interface FlowRow {
  readonly id: string;
  readonly bot_id: string;
  readonly name: string;
  readonly flow_data: string;
  readonly trigger_command: string | null;
  readonly is_default: boolean | number;
  readonly is_active: boolean | number;
  readonly version: number;
  readonly created_at: number;
  readonly updated_at: number;
}

export function toFlow(row: FlowRow): Flow {
  return {
    id: row.id,
    bot_id: row.bot_id,
    name: row.name,
    flow_data: toJsonObject(row.flow_data),
    trigger_command: row.trigger_command,
    is_default: toBoolean(row.is_default),
    is_active: toBoolean(row.is_active),
    version: toNumber(row.version),
    created_at: toTimestamp(row.created_at),
    updated_at: toTimestamp(row.updated_at),
  };
}

export interface PublishedRow {
  readonly flow_id: string | null;
  readonly version_id: number | string | null;
  readonly name: string | null;
  readonly flow_data: string | null;
  readonly trigger_command: string | null;
  readonly is_default: boolean | number | null;
}

/** Nothing for the empty row of a bot that has no flows. */
export function toPublishedFlow({
  flow_id,
  version_id,
  name,
  flow_data,
  trigger_command,
  is_default,
}: PublishedRow): PublishedFlow[] {
  if (flow_id === null || version_id === null || name === null || flow_data === null || is_default === null) return [];
  return [
    {
      flow_id,
      version_id: toNumber(version_id),
      name,
      flow_data: toJsonObject(flow_data),
      trigger_command,
      is_default: toBoolean(is_default),
    },
  ];
}
