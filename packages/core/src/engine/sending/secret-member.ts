/**
 * Member that names a secret of the bot in place of a parameter: `{"provider_token": {"$secret": "STRIPE"}}`. The value
 * is put in right before the call; it is never stored.
 */
export const SECRET_MEMBER = '$secret';
