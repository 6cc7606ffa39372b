import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin, ProxyOptions } from 'vite';
import { defineConfig } from 'vitest/config';
import { themeCss } from '../design/src/index.ts';

const TOKENS = 'virtual:tierline-tokens.css';

/** Makes the shared tokens a style sheet of the build, so that they are there before any script runs. */
function designTokens(): Plugin {
  const resolved = `\0${TOKENS}`;
  return {
    name: 'tierline-design-tokens',
    resolveId: (id) => (id === TOKENS ? resolved : undefined),
    load: (id) => (id === resolved ? themeCss() : undefined),
  };
}

/** The ES module file of a package, for those that CommonJS code would otherwise load a second time. */
function esm(specifier: string, file?: string): string {
  const url = import.meta.resolve(specifier);
  return fileURLToPath(file ? new URL(file, url) : url);
}

/** Gives ra-data-hasura the little it uses of graphql, since of CommonJS imports nothing can be left out. */
function smallGraphQL(): Plugin {
  const subset = fileURLToPath(new URL('src/providers/graphql-for-hasura.ts', import.meta.url));
  return {
    name: 'tierline-small-graphql',
    enforce: 'pre',
    resolveId: (id, importer) =>
      /[\\/]graphql[\\/]index\.mjs$/.test(id) && importer?.includes('ra-data-hasura') ? subset : undefined,
  };
}

function devProxy(): Record<string, ProxyOptions> {
  const host = process.env.HOST ?? '127.0.0.1';
  const engine = `http://${host}:${process.env.HASURA_PORT ?? '8080'}`;
  const actions = `http://${host}:${process.env.ACTIONS_PORT ?? '4000'}`;
  return { '/v1/graphql': { target: engine, ws: true }, '/api': { target: actions } };
}

export default defineConfig(({ mode }) => ({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/admin/',
  plugins: [react(), designTokens(), smallGraphQL()],
  // Drops the development half of Apollo 3 from production bundles.
  define: mode === 'production' ? { 'globalThis.__DEV__': 'false' } : {},
  resolve: {
    // ra-data-hasura is CommonJS; without these its `require`s would bring second copies of the same packages.
    alias: [
      { find: /^ra-data-graphql$/, replacement: esm('ra-data-graphql') },
      // The same exports; tests would otherwise load it, and with it a second router, as CommonJS.
      { find: /^react-router-dom$/, replacement: 'react-router' },
      { find: /^graphql$/, replacement: esm('graphql', './index.mjs') },
    ],
    dedupe: ['react', 'react-dom', 'ra-core', '@apollo/client', 'react-router'],
  },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 1600,
    rolldownOptions: {
      output: {
        // Of graphql the queue only prints operations; what reads a schema waits for the lists that are generated.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              name: 'graphql-schema',
              test: /[\\/]graphql[\\/](type|utilities|language[\\/](parser|lexer|tokenKind|source))/,
            },
          ],
        },
      },
    },
  },
  // Left to Node, these would load a router of their own beside the one our components import.
  test: { server: { deps: { inline: [/node_modules\/(ra-|react-admin|react-router)/] } } },
  server: { port: Number(process.env.ADMIN_PORT ?? 3001), strictPort: true, proxy: devProxy() },
}));
