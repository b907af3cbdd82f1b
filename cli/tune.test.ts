import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shapeClassOf } from '../src/attention/tuning/shape-class';
import { problemOfCase } from '../src/bench/case';
import { type TunedClass, tuningGrid } from '../src/bench/tuning';
import { describeIssues } from './flags';
import { parseTuneArgs, tuneStatus, tuneTable } from './tune';

const tune = (line: string) => parseTuneArgs(line ? line.split(' ') : [], tmpdir());

describe('arguments of npm run tune', () => {
  it('have defaults, and are read', () => {
    expect(tune('')).toEqual({
      help: false,
      forget: false,
      budgetMs: null,
      dtype: 'f32',
      adapter: 'auto',
      json: null,
      issues: [],
    });
    expect(tune('--budget 0.5 --dtype=f16 --adapter swiftshader --json out.json --forget')).toEqual(
      {
        help: false,
        forget: true,
        budgetMs: 500,
        dtype: 'f16',
        adapter: 'swiftshader',
        json: join(tmpdir(), 'out.json'),
        issues: [],
      },
    );
  });

  it.each([
    ['--budget 0', '"0"'],
    ['--budget 601', '601'],
    ['--budget 1e2', 'seconds'],
    ['--budget', '""'],
    ['--dtype f64', 'f32, f16'],
    ['--adapter gpu', 'swiftshader'],
    ['--json .', '"."'],
    ['--budget 1 --budget 2', 'once'],
    ['--heads 8', '"--heads"'],
  ])('refuses %s, naming it', (line, mention) => {
    const text = describeIssues(tune(line).issues, 'npm run tune --');
    expect(text).toContain(mention);
    expect(text).toContain('See npm run tune -- --help');
  });
});

it('the shapes to tune for are each in a class of their own', () => {
  const classes = tuningGrid('f32').map((item) => shapeClassOf(problemOfCase(item)));
  expect(classes).toHaveLength(13);
  expect(new Set(classes).size).toBe(13);
});

const tuned: TunedClass = {
  shapeClass: 'q≤512 k≤512 d64 h≤8 f32 full',
  caseName: '1·8·256·64',
  winner: 'three-pass',
  usual: 'flash',
  remembered: false,
  spentMs: 700,
  candidates: [
    { name: 'flash', status: 'timed', ms: 1.8, compileMs: 40, verified: true },
    { name: 'flash-direct', status: 'slower', ms: 12, compileMs: 55, verified: false },
    { name: 'three-pass', status: 'timed', ms: 1, compileMs: 60, verified: true },
    {
      name: 'decode',
      status: 'wrong',
      ms: null,
      compileMs: 9,
      verified: false,
      message: 'Off by 1.',
    },
  ],
};
const recalled: TunedClass = {
  ...tuned,
  winner: 'flash',
  remembered: true,
  candidates: [{ name: 'flash', status: 'timed', ms: 2, compileMs: null, verified: true }],
};

it('the table says which kernel is fastest, by how much, and whether it is the default', () => {
  expect(tuneTable([tuned, recalled])).toBe(`\
  kernel            time  vs winner  compilation  notes
q≤512 k≤512 d64 h≤8 f32 full, measured on 1·8·256·64
  flash          1.80 ms       1.8×      40.0 ms  default
  flash-direct  ~12.0 ms       ~12×      55.0 ms
  three-pass     1.00 ms       1.0×      60.0 ms  winner
  decode                                 9.00 ms  WRONG · Off by 1.

q≤512 k≤512 d64 h≤8 f32 full, measured on 1·8·256·64 (cached)
  flash          2.00 ms       1.0×               winner, also the default

The default choice is the winner in 1 of 2 classes.
`);
});

it('the exit status is 0 where each class has a winner and nothing was wrong', () => {
  expect(tuneStatus([recalled])).toBe(0);
  expect(tuneStatus([])).toBe(1);
  expect(tuneStatus([tuned])).toBe(1);
  expect(tuneStatus([{ ...recalled, winner: null }])).toBe(1);
});
