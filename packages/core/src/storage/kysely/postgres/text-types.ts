import type { CustomTypesConfig } from 'pg';

const NUMBER_OIDS: ReadonlySet<number> = new Set([20, 21, 23, 700, 701, 1700]);
const BOOLEAN_OID = 16;

/**
 * How values are read in our own queries, whatever parsers a host has set for its: numbers as numbers (ours are all within 2^53), booleans as
 * booleans, all else (JSON, UUIDs) as text. Times are never read as such.
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
