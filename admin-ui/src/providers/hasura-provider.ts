import raDataHasura, { type BuildCustomDataProvider } from 'ra-data-hasura';

/**
 * ra-data-hasura is CommonJS: imported from an ES module its default export arrives wrapped in `{ default }` in some
 * bundlers and test runners, and bare in others. Its types only know the bare one.
 */
export const buildHasuraProvider: BuildCustomDataProvider =
  typeof raDataHasura === 'function'
    ? raDataHasura
    : (raDataHasura as unknown as { readonly default: BuildCustomDataProvider }).default;
