/** What the options of the command line may be, for all commands together. */
export interface CliOptions {
  readonly project?: string;
  readonly 'database-url'?: string;
  readonly 'database-name'?: string;
  readonly 'all-databases'?: boolean;
  readonly 'skip-execution'?: boolean;
  readonly port?: string;
  readonly host?: string;
  readonly workers?: string;
  readonly role?: string;
  readonly 'disallow-inconsistent-metadata'?: boolean;
  readonly help?: boolean;
}

/** The variables of the process, or what a test puts in their place. */
export type Environment = Readonly<Record<string, string | undefined>>;
