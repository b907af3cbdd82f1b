import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { assembly } from './vite-assembly.ts';

/** Cross-origin isolation: fine clocks, and memory shared with workers. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * Nothing but the site's own files, and no inline script or style. Written into the built page alone:
 * the development server inlines both.
 */
const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      injectTo: 'head-prepend',
      attrs: {
        'http-equiv': 'Content-Security-Policy',
        content: [
          "default-src 'none'",
          // WebAssembly is compiled from the site's own scripts.
          "script-src 'self' 'wasm-unsafe-eval'",
          "style-src 'self'",
          "font-src 'self'",
          "img-src 'self' data: blob:",
          "connect-src 'self'",
          "worker-src 'self' blob:",
          "base-uri 'none'",
          "form-action 'none'",
        ].join('; '),
      },
    },
  ],
};

const library = {
  outDir: 'lib',
  lib: {
    entry: resolve(import.meta.dirname, 'src/attention/index.ts'),
    formats: ['es' as const],
    fileName: 'attention-playground',
  },
};

export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [contentSecurityPolicy, assembly()],
  publicDir: mode === 'library' ? false : 'public',
  server: { host: 'localhost', headers: isolation },
  preview: { host: 'localhost', headers: isolation },
  worker: { format: 'es', plugins: () => [assembly()] },
  build: {
    target: 'es2022',
    // Fonts stay files: the security policy allows none from data.
    assetsInlineLimit: (file: string) => (/\.(woff2?|ttf)$/.test(file) ? false : undefined),
    ...(mode === 'library' ? library : {}),
  },
}));
