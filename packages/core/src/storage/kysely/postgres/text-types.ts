import type { CustomTypesConfig } from 'pg';

const NUMBER_OIDS: ReadonlySet<number> = new Set([20, 21, 23, 700, 701, 1700]);
const BOOLEAN_OID = 16;

/**
 * The types of values in Botloom's queries, independent of the parsers that a host has set: numbers (all are within
 * 2^53), booleans, and text for everything else (JSON, UUIDs). Times are never read as times.
 */
export const textTypes: CustomTypesConfig = {
  getTypeParser: (oid: number) => {
    if (NUMBER_OIDS.has(oid)) return Number;
    return oid === BOOLEAN_OID ? parseBoolean : parseText;
  },
};

function parseBoolean(value: string): boolean {
  return value === 't';
}

function parseText(value: string): string {
  return value;
}
