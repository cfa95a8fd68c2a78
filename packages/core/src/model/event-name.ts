/** The name of an event of the host: `order_paid`, `crm:lead.won`. */
export const EVENT_NAME_PATTERN = /^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,63}$/;
