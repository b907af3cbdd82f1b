import { describe, expect, it } from 'vitest';
import { type HeadEntry, TileOrder } from '../model/head-entry';
import { headCount, parseHeadFilter } from '../model/head-filter';
import { HeadChoice } from './head-choice';

const head = (id: number, entropy?: number): HeadEntry => ({
  id,
  name: `head ${id}`,
  layer: id >> 1,
  head: id,
  ...(entropy === undefined ? {} : { metrics: { entropy } }),
});
const ids = (heads: readonly HeadEntry[]) => heads.map(({ id }) => id);

class Host extends EventTarget {
  selected: number | null = null;
  compared: number | null = null;
  readonly heard: string[] = [];
  readonly choice = new HeadChoice(this);

  constructor() {
    super();
    for (const name of ['head-select', 'head-compare']) {
      this.addEventListener(name, (event) =>
        this.heard.push(`${name} ${(event as CustomEvent<{ id: number | null }>).detail.id}`),
      );
    }
  }

  requestUpdate() {}
}

describe('the choice of heads', () => {
  it('compares the selected head with another, until that is picked again', () => {
    const { choice, heard } = new Host();
    choice.select(3);
    choice.compare(5);
    choice.compare(6);
    choice.compare(6);
    expect(heard).toEqual([
      'head-select 3',
      'head-compare 5',
      'head-compare 6',
      'head-compare null',
    ]);
  });

  it('compares no head with itself', () => {
    const host = new Host();
    host.choice.select(3);
    host.choice.compare(3);
    expect(host.compared).toBeNull();
    host.choice.compare(4);
    host.choice.select(4);
    expect([host.selected, host.compared]).toEqual([4, null]);
    expect(host.heard).toEqual(['head-select 3', 'head-compare 4', 'head-select 4']);
  });

  it('is entered where the keys were, or at the selected head, or at the first', () => {
    const host = new Host();
    const shown = [head(0), head(1), head(2)];
    expect(host.choice.tabStop(shown)).toBe(0);
    host.selected = 2;
    expect(host.choice.tabStop(shown)).toBe(2);
    host.choice.focus(1);
    expect(host.choice.tabStop(shown)).toBe(1);
    expect(host.choice.tabStop([head(0), head(2)])).toBe(2);
    expect(host.choice.tabStop([head(7)])).toBe(7);
    expect(host.choice.tabStop([])).toBeNull();
    expect(host.heard).toEqual([]);
  });
});

describe('the order of the tiles', () => {
  it('changes when people ask, or when all heads are measured', () => {
    const order = new TileOrder();
    const some = [head(0, 3), head(1, 2), head(2)];
    order.update(some, 'order', false, true);
    order.update(some, 'entropy', false, false);
    expect([ids(order.apply(some)), order.sortedBy]).toEqual([[0, 1, 2], 'order']);
    const all = [head(0, 3), head(1, 2), head(2, 1)];
    order.update(all, 'entropy', false, false);
    expect([ids(order.apply(all)), order.sortedBy]).toEqual([[2, 1, 0], 'entropy']);
    order.update(some, 'entropy', true, true);
    expect(ids(order.apply(some))).toEqual([0, 1, 2]);
  });

  it('leaves out heads that are gone', () => {
    const order = new TileOrder();
    order.update([head(0), head(1)], 'order', false, true);
    expect(ids(order.apply([head(1)]))).toEqual([1]);
  });
});

describe('the count of heads', () => {
  const metrics = [{ id: 'entropy', name: 'Entropy', definition: '', unit: '', format: String }];
  const count = (heads: readonly HeadEntry[], filter: string) =>
    headCount(heads, parseHeadFilter(filter, metrics));

  it('says how many pass, and how many are not measured yet', () => {
    const heads = [head(0, 3), head(1, 0.5), head(2)];
    expect(count(heads, '')).toBe('3 heads');
    expect(count([head(0)], '')).toBe('1 head');
    expect(count(heads, 'layer:0')).toBe('2 of 3 heads');
    expect(count(heads, 'entropy<1')).toBe(
      '1 of 3 heads; 1 not measured yet, hidden by the filter',
    );
    // A head at fault will never be measured.
    expect(count([head(0, 3), { ...head(1), error: 'NaN' }], 'entropy<1')).toBe('0 of 2 heads');
  });
});
