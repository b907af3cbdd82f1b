import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BenchmarkEvent } from '../../src/bench/events';
import { stringifyNumbers } from '../../src/bench/json';

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
