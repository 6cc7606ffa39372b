import { logoSvg, themeCss } from '@tierline/design';
import type { Plugin } from 'vite';

const themeId = 'virtual:theme.css';
const faviconName = 'favicon.svg';

/**
 * Serves what the design tokens give as files: `virtual:theme.css` (both colour schemes as CSS variables) and the
 * favicon. Made at build time, so that the browser receives plain CSS and needs no script to know its colours.
 */
export function designAssets(): Plugin {
  return {
    name: 'tierline-design-assets',
    resolveId: (id) => (id === themeId ? `\0${themeId}` : undefined),
    load: (id) => (id === `\0${themeId}` ? themeCss() : undefined),
    configureServer(server) {
      server.middlewares.use(`${server.config.base}${faviconName}`, (_request, response) => {
        response.setHeader('Content-Type', 'image/svg+xml').end(logoSvg('light'));
      });
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: faviconName, source: logoSvg('light') });
    },
  };
}
