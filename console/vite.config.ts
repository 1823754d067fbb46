import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));
// `npm run console:dev` shows this server's pages and asks a running stack for everything else.
const stack = process.env.THROUGHLINE_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: here,
  // Both entries take their files from here; api/console-pages.ts serves them.
  base: '/console/',
  plugins: [react()],
  clearScreen: false,
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // A file that stands in the page itself would need a hole in the content security policy.
    assetsInlineLimit: 0,
    rolldownOptions: { input: { console: `${here}index.html`, portal: `${here}portal.html` } },
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: { '/v1': { target: stack, changeOrigin: true }, '/sign-in': { target: stack, changeOrigin: true } },
  },
});
