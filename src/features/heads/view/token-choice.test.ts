import { describe, expect, it } from 'vitest';
import type { TokenRef } from '../model/token-edges';
import { TokenChoice, tokenAfterKey } from './token-choice';

class Host extends EventTarget {
  locked: readonly TokenRef[] = [];
  hiddenKeys: readonly number[] = [];
  readonly heard: string[] = [];
  readonly choice = new TokenChoice(this);

  constructor() {
    super();
    for (const name of ['token-lock', 'token-hide']) {
      this.addEventListener(name, (event) =>
        this.heard.push(`${name} ${JSON.stringify((event as CustomEvent<unknown>).detail)}`),
      );
    }
  }

  requestUpdate() {}
}

const query = (index: number): TokenRef => ({ side: 'query', index });
const key = (index: number): TokenRef => ({ side: 'key', index });

describe('the choice of tokens', () => {
  it('tells of the one pointed at, or else of the one locked last', () => {
    const { choice } = new Host();
    expect(choice.subject).toBeNull();
    choice.press(query(1), false);
    choice.press(key(2), false);
    expect(choice.subject).toEqual(key(2));
    choice.hover(query(0));
    expect(choice.subject).toEqual(query(0));
    expect(choice.inFront).toEqual([query(1), key(2), query(0)]);
    choice.leave();
    expect(choice.inFront).toEqual([query(1), key(2)]);
  });

  it('does not put a token in front twice', () => {
    const { choice } = new Host();
    choice.press(query(1), false);
    choice.hover(query(1));
    expect(choice.inFront).toEqual([query(1)]);
  });

  it('locks and unlocks by clicks, and hides keys with Shift', () => {
    const { choice, heard } = new Host();
    choice.press(query(1), false);
    choice.press(query(1), false);
    choice.press(key(1), true);
    choice.press(key(1), true);
    // A query cannot be hidden: it is locked.
    choice.press(query(3), true);
    expect(heard).toEqual([
      'token-lock {"locked":[{"side":"query","index":1}]}',
      'token-lock {"locked":[]}',
      'token-hide {"hiddenKeys":[1]}',
      'token-hide {"hiddenKeys":[]}',
      'token-lock {"locked":[{"side":"query","index":3}]}',
    ]);
  });

  it('drops what is gone when there are fewer tokens, and says nothing', () => {
    const host = new Host();
    const { choice } = host;
    host.locked = [query(1), key(7), query(8)];
    host.hiddenKeys = [0, 7];
    choice.hover(query(9));
    choice.hover(key(3));
    choice.keepWithin({ query: 5, key: 4 });
    expect(host.locked).toEqual([query(1)]);
    expect(host.hiddenKeys).toEqual([0]);
    expect(choice.hovered).toEqual(key(3));
    expect([choice.tabStop('query'), choice.tabStop('key')]).toEqual([query(4), key(3)]);
    choice.keepWithin({ query: 0, key: 0 });
    expect(choice.hovered).toBeNull();
    expect(choice.tabStop('query')).toEqual(query(0));
    expect(host.heard).toEqual([]);
  });
});

describe('keys among tokens', () => {
  const count = { query: 4, key: 6 };
  const after = (name: string, from: TokenRef) => tokenAfterKey(name, from, count, () => 2);

  it.each([
    ['ArrowDown', query(1), query(2)],
    ['ArrowDown', query(3), query(3)],
    ['ArrowUp', key(0), key(0)],
    ['Home', key(4), key(0)],
    ['End', key(0), key(5)],
    ['ArrowRight', query(1), key(2)],
    ['ArrowLeft', key(5), query(2)],
    // Away from the other side is nowhere.
    ['ArrowLeft', query(1), null],
    ['ArrowRight', key(1), null],
    ['x', query(1), null],
  ])('%s from %o leads to %o', (name, from, to) => {
    expect(after(name, from)).toEqual(to);
  });
});
