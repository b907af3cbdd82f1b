import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fieldMakers, LinkCodec } from '../numeric/url-state';
import { Store, type StoreOptions } from './store';

interface State {
  readonly size: number;
  readonly layer: number;
}

const { whole } = fieldMakers<State>();
const codec = new LinkCodec<State>({
  fields: [whole('size', 'size', 1, 99), whole('layer', 'layer', 0, 9)],
  defaults: { size: 4, layer: 0 },
});

/** An address bar: what the store uses of `window`, `location` and `history`. */
class FakeBrowser extends EventTarget {
  location = { hash: '', pathname: '/', search: '', href: '' };
  history = {
    replaceState: (_state: unknown, _title: string, url: string) => {
      this.location.hash = url.startsWith('#') ? url : '';
      this.location.href = `https://example.org/${this.location.hash}`;
    },
  };

  go(hash: string): void {
    this.location.hash = hash;
    this.dispatchEvent(new Event('hashchange'));
  }
}

let browser: FakeBrowser;
const created: Store<State>[] = [];

function createStore(options: Partial<StoreOptions<State>> = {}, hash = '#heads') {
  browser.location.hash = hash;
  const store = new Store<State>({ page: 'heads', codec, ...options });
  created.push(store);
  store.connect();
  return store;
}

beforeEach(() => {
  vi.useFakeTimers();
  browser = new FakeBrowser();
  vi.stubGlobal('window', browser);
  vi.stubGlobal('location', browser.location);
  vi.stubGlobal('history', browser.history);
});

afterEach(() => {
  for (const store of created.splice(0)) store.disconnect();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('undo', () => {
  it('goes back and forth, step by step', () => {
    const store = createStore();
    expect([store.canUndo, store.canRedo]).toEqual([false, false]);
    store.patch({ size: 5 });
    store.patch({ size: 6 });
    store.undo();
    expect(store.state.size).toBe(5);
    expect([store.canUndo, store.canRedo]).toEqual([true, true]);
    store.undo();
    store.undo();
    expect(store.state.size).toBe(4);
    store.redo();
    store.redo();
    store.redo();
    expect(store.state.size).toBe(6);
    expect([store.canUndo, store.canRedo]).toEqual([true, false]);
  });

  it('forgets what was undone once there is another step', () => {
    const store = createStore();
    store.patch({ size: 5 });
    store.undo();
    store.patch({ layer: 1 });
    expect(store.canRedo).toBe(false);
  });

  it('makes a drag one step, and two drags two', () => {
    const store = createStore();
    for (const size of [5, 6, 7]) store.drag({ ...store.state, size });
    store.endDrag();
    for (const size of [8, 9]) store.drag({ ...store.state, size });
    store.endDrag();
    store.undo();
    expect(store.state.size).toBe(7);
    store.undo();
    expect(store.state.size).toBe(4);
    expect(store.canUndo).toBe(false);
  });

  it('takes the same state for no step', () => {
    const store = createStore();
    const listener = vi.fn();
    store.subscribe(listener);
    store.set(store.state);
    expect(store.canUndo).toBe(false);
    expect(listener).not.toHaveBeenCalled();
  });

  it('keeps 500 steps', () => {
    const store = createStore();
    for (let i = 0; i < 600; i++) store.set({ size: 1 + (i % 99), layer: 0 });
    for (let i = 0; i < 500; i++) store.undo();
    expect(store.canUndo).toBe(false);
  });

  it('resets as a step', () => {
    const store = createStore();
    store.patch({ size: 9 });
    expect(store.isChanged).toBe(true);
    store.reset();
    expect([store.state, store.isChanged]).toEqual([codec.defaults, false]);
    store.undo();
    expect(store.state.size).toBe(9);
  });
});

describe('the address', () => {
  it('is read when the store is connected', () => {
    const store = createStore({}, '#heads&size=7&layer=99');
    expect(store.state).toEqual({ size: 7, layer: 0 });
    expect(store.issues.map(({ field }) => field)).toEqual(['layer']);
    expect(browser.location.hash).toBe('#heads&size=7&layer=99');
  });

  it('follows edits after a pause, and at once where the link is asked for', () => {
    const store = createStore();
    store.patch({ size: 7 });
    expect(browser.location.hash).toBe('#heads');
    vi.advanceTimersByTime(249);
    expect(browser.location.hash).toBe('#heads');
    vi.advanceTimersByTime(1);
    expect(browser.location.hash).toBe('#heads&size=7');
    store.patch({ size: 8 });
    expect(store.link).toBe('https://example.org/#heads&size=8');
  });

  it('stays that of another page', () => {
    const store = createStore();
    store.patch({ size: 7 });
    browser.go('#lesson');
    vi.advanceTimersByTime(1000);
    expect(browser.location.hash).toBe('#lesson');
    expect(store.state.size).toBe(7);
  });

  it('is followed where it changes, as a step', () => {
    const store = createStore();
    const changes: string[] = [];
    store.subscribe((change) => changes.push(change));
    browser.go('#heads&size=7');
    expect(store.state.size).toBe(7);
    browser.go('#heads&size=7');
    expect(changes).toEqual(['link', 'link']);
    store.undo();
    expect(store.state.size).toBe(4);
  });

  it('resets the state where it has no entries, or keeps it', () => {
    const store = createStore({}, '#heads&size=7');
    browser.go('#heads');
    expect(store.state.size).toBe(4);
    const keeping = createStore({ bareLink: 'keep' }, '#heads&size=7');
    browser.go('#heads');
    expect(keeping.state.size).toBe(7);
  });

  it('is left as it was given, or written anew', () => {
    createStore({}, '#heads&size=7&layer=0');
    vi.advanceTimersByTime(1000);
    expect(browser.location.hash).toBe('#heads&size=7&layer=0');
    created.splice(0).forEach((store) => store.disconnect());
    createStore({ rewritesLinks: true }, '#heads&size=7&layer=0');
    vi.advanceTimersByTime(1000);
    expect(browser.location.hash).toBe('#heads&size=7');
  });

  it('drops what was wrong with it once that is dismissed', () => {
    const store = createStore({}, '#heads&size=7&odd=1');
    expect(store.issues).toHaveLength(1);
    store.dismissIssues();
    expect(store.issues).toEqual([]);
    expect(browser.location.hash).toBe('#heads&size=7');
  });

  it('carries entries beside the state', () => {
    const store = createStore({ extras: ['at'] }, '#heads&size=7&at=steps');
    expect(store.issues).toEqual([]);
    expect(store.extra('at')).toBe('steps');
    store.setExtra('at', 'softmax');
    vi.advanceTimersByTime(250);
    expect(browser.location.hash).toBe('#heads&at=softmax&size=7');
    store.setExtra('at', '');
    expect(store.link).toBe('https://example.org/#heads&size=7');
  });

  it('is no longer followed once the store is disconnected', () => {
    const store = createStore();
    store.patch({ size: 5 });
    store.disconnect();
    vi.advanceTimersByTime(1000);
    expect(browser.location.hash).toBe('#heads');
    browser.go('#heads&size=7');
    expect(store.state.size).toBe(5);
  });
});
