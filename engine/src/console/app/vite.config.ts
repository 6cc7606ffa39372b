import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/console/',
  plugins: [react()],
  resolve: { dedupe: ['react', 'react-dom', 'graphql', '@graphiql/react', 'monaco-editor'] },
  worker: { format: 'es' },
  // The editor is large and comes from our own server, so one big file costs no more than many.
  build: { target: 'es2022', chunkSizeWarningLimit: 6000, reportCompressedSize: false },
});
