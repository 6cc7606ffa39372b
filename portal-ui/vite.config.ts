import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { designAssets } from './build/design-assets.ts';
import { installable } from './build/installable.ts';

const engine = `http://127.0.0.1:${process.env.HASURA_PORT ?? 8080}`;
const actions = `http://127.0.0.1:${process.env.ACTIONS_PORT ?? 4000}`;

export default defineConfig({
  base: '/portal/',
  plugins: [react(), designAssets(), installable()],
  build: {
    // Content Security Policy forbids data: addresses and inline scripts, so nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
  },
  server: {
    port: Number(process.env.PORTAL_PORT ?? 3000),
    proxy: { '/api': actions, '/v1/graphql': { target: engine, ws: true } },
  },
});
