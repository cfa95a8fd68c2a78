/** The name of a secret, as flows write it: `{{ secrets.SHOP_KEY }}`. */
export const SECRET_NAME_PATTERN = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** Maximum number of secrets per bot, and of characters per secret. */
export const SECRET_LIMITS = { secrets: 100, value: 8_192 } as const;
