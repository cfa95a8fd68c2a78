import type { Migration } from './migration.ts';

const WAIT = `(case
    when wait_reason = 'handover' and state -> 'wait' ->> 'reason' is distinct from 'handover'
    then state -> 'interrupted' -> 'state' -> 'wait' else state -> 'wait' end)`;

/**
 * Subject and deadline of a session's wait, in columns that the engine's summary fills. Stored sessions get them from
 * the state here, once: the wait of the session, or that of a handover which a command has interrupted.
 */
export const sessionSummary: Migration = {
  id: 2,
  name: 'session summary',
  sqlite: `
alter table {t}session add column wait_subject text;
alter table {t}session add column deadline integer;
update {t}session set
  wait_subject = ${WAIT} ->> 'subject',
  deadline = cast(${WAIT} ->> 'deadline' as integer)
where wait_reason is not null;
`,
  postgres: `
alter table {t}session add column wait_subject text, add column deadline timestamptz(3);
update {t}session set
  wait_subject = ${WAIT} ->> 'subject',
  deadline = case when json_typeof(${WAIT} -> 'deadline') = 'number'
    then to_timestamp((${WAIT} ->> 'deadline')::float8 / 1000.0) end
where wait_reason is not null;
`,
};
