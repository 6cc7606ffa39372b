import type { SettingsReader } from '../settings-reader.ts';

/** How much one role may ask for. A bound that is not there is `Infinity`; all count for one request unless told. */
export interface Bounds {
  /** Bytes of a request's body, and of a WebSocket message. */
  readonly bodyBytes: number;
  /** Bytes of an operation's variables, written as JSON. */
  readonly variablesBytes: number;
  /** How deep lists and objects nest in JSON from outside. Never without a bound, not for administrators either. */
  readonly jsonDepth: number;
  /** Values of one list in an argument, such as of `_in`, or objects to insert. */
  readonly listLength: number;
  /** Comparisons and their connectives (`_and`, `_or`, `_not`, relationships) in all filters of an operation. */
  readonly conditions: number;
  /** Values that one SQL statement takes. */
  readonly parameters: number;
  /** Bytes of one answer. */
  readonly answerBytes: number;
  /** Rows of one answer, those of nested lists included. */
  readonly answerRows: number;
  /** Fields in the answer to an introspection. */
  readonly introspectionFields: number;
  /** Operations of the role that are in Postgres at one time, over all its clients; others wait for their turn. */
  readonly concurrentRequests: number;
  /** Operations of one client that are in Postgres at one time. */
  readonly concurrentPerClient: number;
  /** Whether a filter may match patterns that are slow to match: `_regex`, `_similar` and their kin; `_like` and its kin are none. */
  readonly patternOperators: boolean;
  /** Open WebSockets of one client address. */
  readonly socketsPerAddress: number;
  /** Operations that run at one time on one WebSocket. */
  readonly subscriptionsPerSocket: number;
  /** Different statements that the subscriptions of one client ask at one time: a user's, or an address's without one. */
  readonly statementsPerClient: number;
  /** The same of the role over all its clients. */
  readonly statementsPerRole: number;
}

/** The bounds of all roles, made once at the start. */
export interface RoleBounds {
  readonly admin: Bounds;
  readonly fallback: Bounds;
  readonly byRole: ReadonlyMap<string, Bounds>;
}

/** For roles that somebody signed in to have. */
const signedIn: Bounds = {
  bodyBytes: 1_000_000,
  variablesBytes: 1_000_000,
  jsonDepth: 128,
  listLength: 10_000,
  conditions: 1_000,
  parameters: 60_000,
  answerBytes: 64_000_000,
  answerRows: 100_000,
  introspectionFields: 100_000,
  concurrentRequests: 1_000,
  concurrentPerClient: 100,
  patternOperators: true,
  socketsPerAddress: 1_000,
  subscriptionsPerSocket: 500,
  statementsPerClient: 500,
  statementsPerRole: 10_000,
};

/** For the unauthorized role, which anybody has without asking. */
const anonymous: Bounds = {
  bodyBytes: 100_000,
  variablesBytes: 50_000,
  jsonDepth: 64,
  listLength: 1_000,
  conditions: 500,
  parameters: 2_000,
  answerBytes: 4_000_000,
  answerRows: 20_000,
  introspectionFields: 10_000,
  concurrentRequests: 8,
  concurrentPerClient: 4,
  patternOperators: false,
  socketsPerAddress: 50,
  subscriptionsPerSocket: 50,
  statementsPerClient: 50,
  statementsPerRole: 500,
};

/** Administrators hold the keys of the house; what remains keeps a mistake of theirs from overflowing the stack. */
const admin: Bounds = {
  bodyBytes: Number.POSITIVE_INFINITY,
  variablesBytes: Number.POSITIVE_INFINITY,
  jsonDepth: 256,
  listLength: Number.POSITIVE_INFINITY,
  conditions: Number.POSITIVE_INFINITY,
  parameters: Number.POSITIVE_INFINITY,
  answerBytes: Number.POSITIVE_INFINITY,
  answerRows: Number.POSITIVE_INFINITY,
  introspectionFields: Number.POSITIVE_INFINITY,
  concurrentRequests: Number.POSITIVE_INFINITY,
  concurrentPerClient: Number.POSITIVE_INFINITY,
  patternOperators: true,
  socketsPerAddress: Number.POSITIVE_INFINITY,
  subscriptionsPerSocket: Number.POSITIVE_INFINITY,
  statementsPerClient: Number.POSITIVE_INFINITY,
  statementsPerRole: Number.POSITIVE_INFINITY,
};

const names = Object.keys(admin) as readonly (keyof Bounds)[];

/** Code that walks JSON calls itself for each level: more than this and a stack could overflow. */
const deepestJson = 1_000;

/** The bounds of a role; the same frozen object each time. */
export function boundsOf(bounds: RoleBounds, role: string): Bounds {
  return bounds.byRole.get(role) ?? bounds.fallback;
}

/** The bounds where nothing is set; `unauthorizedRole` is the role of requests without a token. */
export function defaultBounds(unauthorizedRole: string | null = null): RoleBounds {
  return combine({ fallback: {}, roles: new Map() }, unauthorizedRole);
}

const setting = 'HASURA_ENGINE_BOUNDS';

/**
 * Reads `HASURA_ENGINE_BOUNDS`: `{"default": {…}, "roles": {"NAME": {…}}}`, null for no bound. `default` is for roles
 * that are not named; the unauthorized role gets no more than it, administrators never get it. Each mistake is
 * refused with its place.
 */
export function readBounds(read: SettingsReader, unauthorizedRole: string | null): RoleBounds {
  // An empty line of a file with settings counts as unset.
  const given = read.text(setting) === null ? {} : (read.json(setting) ?? {});
  const overrides: Overrides = { fallback: {}, roles: new Map() };
  for (const [key, value] of entriesOf(read, given, '')) {
    if (key === 'default') overrides.fallback = readPart(read, value, 'default');
    else if (key === 'roles') {
      for (const [role, part] of entriesOf(read, value, 'roles')) {
        overrides.roles.set(role, readPart(read, part, `roles.${role}`));
      }
    } else read.refuse(`${setting} holds ${key}; expected default and roles.`);
  }
  return combine(overrides, unauthorizedRole);
}

interface Overrides {
  fallback: Partial<Bounds>;
  readonly roles: Map<string, Partial<Bounds>>;
}

function combine({ fallback, roles }: Overrides, unauthorizedRole: string | null): RoleBounds {
  const forOthers = Object.freeze({ ...signedIn, ...fallback });
  const forAdmin = Object.freeze({ ...admin, ...roles.get('admin') });
  const byRole = new Map<string, Bounds>();
  for (const [role, part] of roles) byRole.set(role, Object.freeze({ ...forOthers, ...part }));
  byRole.set('admin', forAdmin);
  if (unauthorizedRole !== null && unauthorizedRole !== 'admin') {
    const part = roles.get(unauthorizedRole);
    byRole.set(unauthorizedRole, Object.freeze({ ...atMost(anonymous, forOthers), ...part }));
  }
  return Object.freeze({ admin: forAdmin, fallback: forOthers, byRole });
}

/** The narrower of two in each respect. */
function atMost(one: Bounds, other: Bounds): Bounds {
  const narrower = names.map((name) => {
    const [a, b] = [one[name], other[name]];
    return [name, typeof a === 'number' && typeof b === 'number' ? Math.min(a, b) : a && b];
  });
  return Object.fromEntries(narrower) as unknown as Bounds;
}

function readPart(read: SettingsReader, value: unknown, at: string): Partial<Bounds> {
  const part: Record<string, number | boolean> = {};
  for (const [key, bound] of entriesOf(read, value, at)) {
    if (!names.some((name) => name === key)) {
      read.refuse(`${setting} holds ${at}.${key}; known are ${names.join(', ')}.`);
    } else if (typeof admin[key as keyof Bounds] === 'boolean') {
      if (typeof bound === 'boolean') part[key] = bound;
      else read.refuse(`${setting}: ${at}.${key} must be true or false.`);
    } else if (key === 'jsonDepth') {
      if (isWhole(bound) && bound <= deepestJson) part[key] = bound;
      else read.refuse(`${setting}: ${at}.${key} must be a whole number from 1 to ${deepestJson}.`);
    } else if (bound === null) part[key] = Number.POSITIVE_INFINITY;
    else if (isWhole(bound)) part[key] = bound;
    else read.refuse(`${setting}: ${at}.${key} must be a whole number from 1, or null for no bound.`);
  }
  return part;
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
}

function entriesOf(read: SettingsReader, value: unknown, at: string): readonly [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  read.refuse(`${setting}${at === '' ? '' : `: ${at}`} must be an object.`);
  return [];
}
