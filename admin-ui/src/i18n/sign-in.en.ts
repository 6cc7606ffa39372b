/** What the sign-in page says. Apart from the console's texts, so that the first load stays small. */
export const signInTexts = {
  title: 'Sign in · Tierline',
  product: 'Tierline',
  heading: 'Review console',
  lead: 'Sign in to read and answer tier upgrade requests.',
  expired: 'Your session ended. Sign in and carry on where you were.',
  email: 'E-mail',
  password: 'Password',
  show: 'Show',
  hide: 'Hide',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  submit: 'Sign in',
  submitting: 'Signing in…',
  missingEmail: 'Enter your e-mail address.',
  missingPassword: 'Enter your password.',
  problems: {
    credentials: 'That e-mail and password do not match. Check both and try again.',
    vendor: 'This console is for reviewers. Vendors sign in at the vendor portal.',
    'rate-limit': 'Too many tries. Wait a little, then try again.',
    offline: 'The server cannot be reached. Check your connection and try again.',
    server: 'The server could not sign you in just now. Try again in a moment.',
  },
  retryAfter: (minutes: number) =>
    minutes <= 1
      ? 'Too many tries. You can try again in about a minute.'
      : `Too many tries. You can try again in about ${minutes} minutes.`,
  checking: 'Opening the console',
  unreachable: 'The server cannot be reached',
  unreachableHint: 'This page tries again by itself as soon as it can.',
  retry: 'Try now',
  crashed: 'This page stopped working',
  crashedHint: 'Nothing was changed by this. Loading the page again usually helps.',
  reload: 'Load again',
  language: 'Language',
  forgot: {
    link: 'Forgotten your password?',
    title: 'Forgotten password · Tierline',
    heading: 'Forgotten your password?',
    lead: 'Enter your e-mail address, and we send you a link to choose a new one.',
    submit: 'Send the link',
    submitting: 'Sending…',
    sentHeading: 'Look at your mail',
    sent: (email: string) =>
      `If ${email} has an account here, a mail is on its way. Its link works once, and for one hour.`,
    sentHint: 'Nothing there? Look among the junk, or ask for another link in a few minutes.',
    back: 'Back to sign-in',
  },
  reset: {
    title: 'New password · Tierline',
    heading: 'Choose a new password',
    lead: 'You will then be signed out on all your devices.',
    password: 'New password',
    repeat: 'Once more',
    rule: 'At least 12 characters. A sentence that only you know does well.',
    submit: 'Set the password',
    submitting: 'Setting…',
    tooShort: 'Choose at least 12 characters.',
    tooLong: 'Choose at most 128 characters.',
    different: 'The two do not match.',
    doneHeading: 'Your password is changed',
    done: 'Every other session has ended. Sign in with the new password.',
    brokenHeading: 'This link does not work',
    broken: 'It was used already, is more than an hour old, or a part of it is missing. Ask for a new one.',
    again: 'Ask for a new link',
    toSignIn: 'Go to sign-in',
  },
} as const;

type Shape<T> = T extends string
  ? string
  : T extends (...values: infer V) => string
    ? (...values: V) => string
    : { readonly [K in keyof T]: Shape<T[K]> };

/** What a language has to say on these pages; none may leave a text out. */
export type SignInTexts = Shape<typeof signInTexts>;
