import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { colors } from '@tierline/design';
import type { Plugin } from 'vite';
import { logoPng } from './logo-png.ts';

const icons = [
  { fileName: 'icon-192.png', size: 192, isMaskable: false },
  { fileName: 'icon-512.png', size: 512, isMaskable: false },
  { fileName: 'icon-maskable-512.png', size: 512, isMaskable: true },
  { fileName: 'apple-touch-icon.png', size: 180, isMaskable: true },
] as const;

/** What makes the built portal an app that can be installed: manifest, icons, and the service worker of this build. */
export function installable(): Plugin {
  let base = '/';
  return {
    name: 'tierline-installable',
    apply: 'build',
    configResolved(config) {
      base = config.base;
    },
    transformIndexHtml: () => [
      { tag: 'link', attrs: { rel: 'manifest', href: `${base}manifest.webmanifest` }, injectTo: 'head' },
      {
        tag: 'link',
        attrs: { rel: 'apple-touch-icon', href: `${base}apple-touch-icon.png` },
        injectTo: 'head',
      },
    ],
    generateBundle: {
      // After the page and all styles are there, since the worker takes in every file of the build.
      order: 'post',
      handler(_options, bundle) {
        for (const { fileName, ...options } of icons)
          this.emitFile({ type: 'asset', fileName, source: logoPng(options) });
        this.emitFile({ type: 'asset', fileName: 'manifest.webmanifest', source: manifest(base) });
        const files = Object.keys(bundle)
          .filter((name) => name.startsWith('assets/') && !name.endsWith('.map'))
          .map((name) => base + name)
          .sort();
        const page = bundle['index.html'];
        const html = page?.type === 'asset' ? String(page.source) : '';
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: serviceWorker(base, files, html) });
      },
    },
  };
}

function manifest(base: string): string {
  return JSON.stringify({
    id: base,
    name: 'Tierline',
    short_name: 'Tierline',
    description: 'Your tier, your locations and your requests.',
    start_url: `${base}dashboard`,
    scope: base,
    display: 'standalone',
    background_color: colors.light.canvas,
    theme_color: colors.light.accent,
    icons: icons.slice(0, 3).map(({ fileName, size, isMaskable }) => ({
      src: base + fileName,
      sizes: `${size}x${size}`,
      type: 'image/png',
      purpose: isMaskable ? 'maskable' : 'any',
    })),
  });
}

/** The worker knows its build by its page and by the names of its files, which carry hashes of their contents. */
function serviceWorker(base: string, files: readonly string[], html: string): string {
  const version = createHash('sha256')
    .update([html, ...files].join('\n'))
    .digest('hex')
    .slice(0, 16);
  return readFileSync(new URL('service-worker.js', import.meta.url), 'utf8')
    .replace('__VERSION__', version)
    .replace('__FILES__', JSON.stringify(files))
    .replace('__BASE__', base);
}
