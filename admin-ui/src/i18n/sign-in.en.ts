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
} as const;
