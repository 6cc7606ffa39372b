/** Wrong settings, one sentence each, that name the variable. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** Reads environment variables and collects what is wrong with them, so that one start tells everything. */
export class SettingsReader {
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #problems: string[] = [];
  readonly #asked = new Set<string>();

  constructor(environment: Readonly<Record<string, string | undefined>>) {
    this.#environment = environment;
  }

  refuse(problem: string): void {
    this.#problems.push(problem);
  }

  /** Throws when anything was refused. */
  finish(): void {
    if (this.#problems.length > 0) throw new SettingsError(this.#problems);
  }

  /** Variables that begin like ours but that nothing has asked for. */
  unused(prefix: string): readonly string[] {
    return Object.keys(this.#environment)
      .filter((name) => name.startsWith(prefix) && this.#environment[name] && !this.#asked.has(name))
      .sort();
  }

  /** Whether a variable is there at all, even empty. */
  has(name: string): boolean {
    return this.#read(name) !== undefined;
  }

  /** A text; an empty one counts as not set, and what was given in its place wins. */
  text(name: string, given?: string): string | null {
    const value = this.#read(name);
    return given || value || null;
  }

  /** A secret: set to nothing would leave a door open that somebody meant to close. */
  secret(name: string): string | null {
    const value = this.#read(name);
    if (value === undefined) return null;
    if (value.trim() === '') this.refuse(`${name} is set but empty.`);
    return value;
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.text(name)?.toLowerCase();
    if (value === undefined) return fallback;
    if (['true', 't', 'yes', 'y', '1'].includes(value)) return true;
    if (!['false', 'f', 'no', 'n', '0'].includes(value)) this.refuse(`${name} must be true or false.`);
    return false;
  }

  integer(name: string, fallback: number, least: number, most: number, given?: number): number {
    const value = this.text(name, given?.toString());
    if (value === null) return fallback;
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    this.refuse(`${name} must be a whole number from ${least} to ${most}.`);
    return fallback;
  }

  choice<const Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice): Choice {
    const value = this.text(name);
    if (value === null) return fallback;
    const found = choices.find((choice) => choice === value.toLowerCase());
    if (found === undefined) this.refuse(`${name} must be one of ${choices.join(', ')}.`);
    return found ?? fallback;
  }

  /** A list separated by commas; null when not set. */
  list(name: string): readonly string[] | null {
    const value = this.text(name);
    if (value === null) return null;
    return value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }

  /** A JSON value; undefined when not set or not JSON. The value itself never appears in the message. */
  json(name: string): unknown {
    const value = this.#read(name);
    if (value === undefined) return undefined;
    try {
      return JSON.parse(value);
    } catch {
      this.refuse(`${name} must be JSON.`);
      return undefined;
    }
  }

  #read(name: string): string | undefined {
    this.#asked.add(name);
    return this.#environment[name];
  }
}
