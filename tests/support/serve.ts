import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { stringifyNumbers } from '../../src/bench/export';
import type { BenchmarkEvent } from '../../src/bench/report';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Any web host at all: a folder's files under a path, and no header but their type. */
export async function serveFolder(folder: string, path: string) {
  const missing: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    const name = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const file = join(folder, normalize(name.slice(path.length)));
    if (!name.startsWith(path) || !existsSync(file) || !statSync(file).isFile()) {
      missing.push(pathname);
      response.writeHead(404).end();
      return;
    }
    response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}${path}`,
    /** What was asked for and is not there. */
    missing,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** A page that only tells events, for tests of whoever listens. After the last it stays silent. */
export async function servePage(events: readonly BenchmarkEvent[], script = '') {
  const html = `<!doctype html><title>Fake</title><script type="module">
    const finite = (_key, part) =>
      ['NaN', 'Infinity', '-Infinity'].includes(part) ? Number(part) : part;
    const events = JSON.parse(${JSON.stringify(stringifyNumbers(events))}, finite);
    if (new URLSearchParams(location.hash.slice(1)).get('run') === '1') {
      for (const detail of events) {
        window.dispatchEvent(new CustomEvent('benchmark-event', { detail }));
      }
    }
    ${script}
  </script>`;
  const server = createServer((_request, response) =>
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(html),
  );
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
