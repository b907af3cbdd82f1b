import { expect, it, vi } from 'vitest';
import { emit } from './emit';

declare global {
  interface HTMLElementEventMap {
    'test-count': CustomEvent<number>;
  }
}

it('sends a typed event that leaves shadow roots', () => {
  const target = new EventTarget();
  const listener = vi.fn((_event: Event) => {});
  target.addEventListener('test-count', listener);
  expect(emit(target, 'test-count', 3)).toBe(true);
  const event = listener.mock.calls[0][0] as CustomEvent<number>;
  expect([event.detail, event.bubbles, event.composed]).toEqual([3, true, true]);
});

it('reports whether a listener prevented the default', () => {
  const target = new EventTarget();
  target.addEventListener('test-count', (event) => event.preventDefault());
  expect(emit(target, 'test-count', 3)).toBe(false);
});
