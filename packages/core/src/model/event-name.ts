/** What an event of the host may be called: `order_paid`, `crm:lead.won`. */
export const EVENT_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,63}$/;
