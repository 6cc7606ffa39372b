/** The release of Hasura whose behaviour this engine follows; clients and tools decide by it what they may use. */
export const HASURA_VERSION = 'v2.48.0';
