/** The bounds the server holds passwords to; checked here only to say so earlier. */
export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;

export type PasswordProblem = 'too-short' | 'too-long' | 'different';

/** What is wrong with a new password that was typed twice, if anything. */
export function checkNewPassword(password: string, repeated: string): PasswordProblem | undefined {
  const length = [...password].length;
  if (length < PASSWORD_MIN) return 'too-short';
  if (length > PASSWORD_MAX) return 'too-long';
  // The server takes a letter for the same however it is composed.
  return password.normalize() === repeated.normalize() ? undefined : 'different';
}
