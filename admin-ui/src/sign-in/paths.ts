const BASE = import.meta.env.BASE_URL;

/** Where a person asks for a link to set a new password. */
export const forgotPasswordPath = `${BASE}forgot-password`;

/** Where the links in mails lead; the action server knows this path, and puts the token behind a `#`. */
export const resetPasswordPath = `${BASE}reset-password`;

/** Where the console begins. */
export const startPath = BASE;
