declare module 'vitest' {
  /** What the global setup hands to every test file. */
  interface ProvidedContext {
    /** The throw-away server's database `postgres`, as its superuser. */
    postgresAdminUrl: string;
  }
}

export {};
