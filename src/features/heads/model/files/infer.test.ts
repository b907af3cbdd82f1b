import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { float32, npyFile, zipFile } from '../../../../../tests/support/tensor-files';
import { proposeSources } from './infer';
import { sourceFromProposal } from './proposal';
import { readTensorFile } from './read-file';
import type { FileContents, FileTensor } from './tensor-file';
import { readName } from './tensor-sets';

fc.configureGlobal({ seed: 903 });

/** A tensor whose values tell their own place. */
const tensor = (name: string, ...shape: number[]): FileTensor => ({
  file: 'a.npz',
  name,
  shape,
  type: '<f4',
  read: () => Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
});
const words = (count: number) => Array.from({ length: count }, (_, i) => `w${i % 5}`);
const contents = (tensors: FileTensor[], texts: string[] = [], name = 'tokens'): FileContents => ({
  file: 'a.npz',
  tensors,
  texts: texts.length > 0 ? [{ file: 'a.npz', name, texts }] : [],
  skipped: [],
});
const propose = (...tensors: FileTensor[]) => proposeSources([contents(tensors)]);

describe('readName', () => {
  it.each([
    ['q', 'query', '', undefined],
    ['Queries', 'query', '', undefined],
    ['k_proj', 'key', 'proj', undefined],
    ['attn.q', 'query', 'attn', undefined],
    ['model.layers.3.self_attn.q_proj', 'query', 'model.layers.self.attn.proj', 3],
    ['model.layers.12.self_attn.v', 'value', 'model.layers.self.attn', 12],
    ['q2', 'query', '', 2],
    ['L4_keys', 'key', '', 4],
    ['queryStates', 'query', 'states', undefined],
    ['head', undefined, 'head', undefined],
    ['quality', undefined, 'quality', undefined],
  ])('reads %s', (name, role, group, layer) => {
    expect(readName(name)).toMatchObject({ role, group, layer, isWeight: false });
  });

  it('knows parameters', () => {
    expect(readName('model.layers.0.self_attn.q_proj.weight').isWeight).toBe(true);
  });
});

describe('proposeSources', () => {
  it('reads one head', () => {
    const { proposals, issues: refusals } = propose(tensor('q', 64, 32), tensor('k', 64, 32));
    expect(refusals).toEqual([]);
    expect(proposals).toHaveLength(1);
    expect(proposals[0]).toMatchObject({
      layers: 1,
      batches: 1,
      heads: 1,
      kvHeads: 1,
      queryLength: 64,
      keyLength: 64,
      headSize: 32,
      valueSize: 0,
    });
    expect(proposals[0].explanation).toBe(
      'q (64, 32) as queries and k (64, 32) as keys, read as (tokens, values): 1 head over 64 tokens, head size 32.',
    );
  });

  it.each([
    [[12, 64, 32], 'HSD', 12, 64],
    [[64, 12, 32], 'SHD', 12, 64],
    [[1, 12, 64, 32], 'BHSD', 12, 64],
    [[1, 64, 12, 32], 'BSHD', 12, 64],
    [[3, 12, 64, 32], 'BHSD', 12, 64],
    [[2, 3, 12, 64, 32], 'LBHSD', 12, 64],
    [[2, 3, 64, 12, 32], 'LBSHD', 12, 64],
  ])('takes %j for %s first, and offers the others', (shape, axes, heads, length) => {
    const { proposals } = propose(tensor('q', ...shape), tensor('k', ...shape));
    expect(proposals[0]).toMatchObject({ axes, heads, queryLength: length, headSize: 32 });
    expect(proposals.length).toBeGreaterThan(1);
    const read = proposals.map((proposal) => proposal.axes);
    expect(new Set(read).size).toBe(read.length);
  });

  it('lets tokens decide', () => {
    const q = tensor('q', 12, 64, 32);
    const k = tensor('k', 12, 64, 32);
    const { proposals } = proposeSources([contents([q, k]), contents([], words(12))]);
    expect(proposals[0]).toMatchObject({ axes: 'SHD', heads: 64, queryLength: 12 });
    expect(proposals[0].queryTokens).toEqual(words(12));
    expect(proposals[1].notes).toEqual([
      'tokens has 12 texts, which is not the number of tokens: ignored.',
    ]);
  });

  it('knows grouped heads, and keys of another length', () => {
    const grouped = propose(tensor('q', 32, 50, 64), tensor('k', 8, 50, 64));
    expect(grouped.proposals[0]).toMatchObject({ axes: 'HSD', heads: 32, kvHeads: 8 });
    expect(grouped.proposals[0].explanation).toContain('32 heads on 8 key heads over 50 tokens');
    const cross = propose(tensor('q', 4, 10, 64), tensor('k', 4, 90, 64));
    expect(cross.proposals[0]).toMatchObject({ heads: 4, queryLength: 10, keyLength: 90 });
    expect(cross.proposals[0].explanation).toContain('10 queries and 90 keys');
  });

  it('gathers layers in the order of their numbers', () => {
    const tensors = [10, 2, 0].flatMap((layer) =>
      ['v', 'k', 'q'].map((role) => tensor(`model.layers.${layer}.attn.${role}`, 4, 16, 8)),
    );
    const { proposals } = propose(...tensors);
    expect(proposals[0]).toMatchObject({ layers: 3, heads: 4, valueSize: 8 });
    expect(proposals[0].query.map(({ name }) => name)).toEqual(
      [0, 2, 10].map((layer) => `model.layers.${layer}.attn.q`),
    );
    expect(proposals[0].explanation).toContain('3 layers of 4 heads over 16 tokens');
  });

  it('offers unlike layers one by one', () => {
    const { proposals, issues: refusals } = propose(
      tensor('q0', 4, 16, 8),
      tensor('k0', 4, 16, 8),
      tensor('q1', 4, 20, 8),
      tensor('k1', 4, 20, 8),
    );
    expect(refusals[0]).toContain('differ in shape');
    expect(new Set(proposals.map(({ queryLength }) => queryLength))).toEqual(new Set([16, 20, 4]));
  });

  it('goes by order where names do not tell, and says so', () => {
    const { proposals } = propose(tensor('a', 16, 8), tensor('b', 16, 8));
    expect(proposals.map(({ query }) => query[0].name)).toEqual(['a', 'b']);
    expect(proposals[0].explanation).toContain('by their order');
  });

  it('leaves out values that do not go with the keys', () => {
    const { proposals } = propose(
      tensor('q', 4, 16, 8),
      tensor('k', 4, 16, 8),
      tensor('v', 4, 9, 8),
    );
    expect(proposals[0].value).toBeUndefined();
    expect(proposals[0].notes[0]).toContain('v (4, 9, 8) does not match k (4, 16, 8)');
    const wide = propose(tensor('q', 4, 16, 8), tensor('k', 4, 16, 8), tensor('v', 4, 16, 24));
    expect(wide.proposals[0].valueSize).toBe(24);
  });

  it('tells tokens of queries from those of keys', () => {
    const files = [
      contents([tensor('q', 2, 6, 8), tensor('k', 2, 6, 8)]),
      contents([], words(6), 'key_tokens'),
      contents([], [...words(5), 'last'], 'query_tokens'),
    ];
    const { proposals } = proposeSources(files);
    expect(proposals[0].queryTokens?.at(-1)).toBe('last');
    expect(proposals[0].keyTokens?.at(-1)).toBe('w0');
  });

  it.each([
    [[], 'No numeric tensors found'],
    [[tensor('q', 4, 8)], 'q has no matching keys.'],
    [[tensor('k', 4, 8)], 'k has no matching queries.'],
    [[tensor('v', 4, 8)], 'v has no matching queries and keys.'],
    [[tensor('q', 4, 8), tensor('k', 4, 9)], 'rows of 8 and of 9 values'],
    [[tensor('q', 4, 300), tensor('k', 4, 300)], 'at most 256 are supported'],
    [[tensor('q', 4), tensor('k', 4)], 'must have the same number of dimensions, 2 to 5'],
    [[tensor('q', 4, 8), tensor('k', 1, 4, 8)], 'same number of dimensions'],
    [[tensor('q', 0, 8), tensor('k', 4, 8)], 'a dimension is 0'],
    [[tensor('q', 3, 5, 8), tensor('k', 2, 7, 8)], '3 query heads do not share 2 key heads'],
    [
      [tensor('layers.0.q_proj.weight', 64, 64), tensor('layers.0.k_proj.weight', 64, 64)],
      'is a model’s parameter',
    ],
    [[tensor('a', 4, 8)], 'No Q/K pair found'],
    [[1, 2, 3, 4].map((n) => tensor(`x${n}y`, 4, 8)), 'Found: x1y (4, 8), x2y'],
  ])('refuses %o with a reason', (tensors, reason) => {
    const { proposals, issues: refusals } = propose(...tensors);
    expect(proposals).toEqual([]);
    expect(refusals.join(' ')).toContain(reason);
  });

  it('fails on no names and no shapes', () => {
    const name = fc.constantFrom(
      'q',
      'k',
      'v',
      'layers.0.q',
      'layers.0.k',
      'x',
      'q.weight',
      '',
      '7',
    );
    const shape = fc.array(fc.constantFrom(0, 1, 2, 8, 64, 1e9), { maxLength: 6 });
    const arbitrary = fc.record({ name, shape });
    fc.assert(
      fc.property(fc.array(arbitrary, { maxLength: 8 }), (described) => {
        const { proposals, issues: refusals } = propose(
          ...described.map((one) => tensor(one.name, ...one.shape)),
        );
        expect(proposals.length + refusals.length).toBeGreaterThan(0);
        for (const { headSize, heads, kvHeads } of proposals) {
          expect(headSize).toBeLessThanOrEqual(256);
          expect(heads % kvHeads).toBe(0);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('sourceFromProposal', () => {
  const extents = { L: 2, B: 3, H: 4, S: 5, D: 8 };

  it('puts every value where it belongs, whatever the order of dimensions', () => {
    for (const axes of ['SD', 'HSD', 'SHD', 'BHSD', 'BSHD', 'LHSD', 'LSHD', 'LBHSD', 'LBSHD']) {
      const letters = [...axes] as (keyof typeof extents)[];
      const shape = letters.map((letter) => extents[letter]);
      const { proposals } = propose(
        tensor('q', ...shape),
        tensor('k', ...shape),
        tensor('v', ...shape),
      );
      const proposal = proposals.find((one) => one.axes === axes)!;
      const batch = proposal.batches - 1;
      const source = sourceFromProposal(proposal, batch);
      const at = (index: Record<string, number>) =>
        letters.reduce((place, letter) => place * extents[letter] + index[letter], 0);
      const expected: number[] = [];
      for (let L = 0; L < proposal.layers; L++) {
        for (let H = 0; H < proposal.heads; H++) {
          for (let S = 0; S < 5; S++) {
            for (let D = 0; D < 8; D++) expected.push(at({ L, B: batch, H, S, D }));
          }
        }
      }
      expect([...source.query], axes).toEqual(expected);
      expect([...source.key], axes).toEqual(expected);
      expect([...source.value!], axes).toEqual(expected);
    }
  });

  it('goes all the way from files', () => {
    const values = Array.from({ length: 24 }, (_, i) => i);
    const archive = zipFile([
      { name: 'q.npy', bytes: npyFile('<f4', [2, 3, 4], float32(values)), deflate: true },
      { name: 'k.npy', bytes: npyFile('<f4', [1, 3, 4], float32(values.slice(0, 12))) },
    ]);
    const tokens = new Uint8Array(Buffer.from('["a", "b", "a"]'));
    const { proposals } = proposeSources([
      readTensorFile('both.npz', archive),
      readTensorFile('tokens.json', tokens),
    ]);
    const source = sourceFromProposal(proposals[0]);
    expect(source).toMatchObject({
      name: 'both.npz',
      heads: 2,
      kvHeads: 1,
      queryTokens: ['a', 'b', 'a'],
      headNames: ['head 1', 'head 2'],
    });
    expect([...source.query]).toEqual(values);
    expect([...source.marks!]).toEqual([0xffffffff, 0xffffffff, 1]);
  });

  it('numbers tokens that have no names, and refuses batch elements that there are not', () => {
    const { proposals } = propose(tensor('q', 2, 2, 3, 8), tensor('k', 2, 2, 3, 8));
    const batched = proposals.find(({ axes }) => axes === 'BHSD')!;
    expect(sourceFromProposal(batched, 1).queryTokens).toEqual(['0', '1', '2']);
    expect(sourceFromProposal(batched, 1).marks).toBeUndefined();
    for (const batch of [-1, 2, 0.5]) {
      expect(() => sourceFromProposal(batched, batch)).toThrow(
        `batch is ${batch}; allowed: a whole`,
      );
    }
  });
});
