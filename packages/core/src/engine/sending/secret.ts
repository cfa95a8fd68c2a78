/** The member that names a secret of the bot in place of a parameter: `{"provider_token": {"$secret": "STRIPE"}}`. The value is put in just before the call; nothing stores it. */
export const SECRET = '$secret';
