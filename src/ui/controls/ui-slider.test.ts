import { describe, expect, it } from 'vitest';
import { positionOf, type SliderScale, valueAfterStep, valueAt } from './ui-slider';

const linear: SliderScale = { min: 0, max: 1, step: 0.1, logarithmic: false, digits: 2, snap: 0 };
const temperature: SliderScale = {
  min: 0.05,
  max: 20,
  step: 0.05,
  logarithmic: true,
  digits: 3,
  snap: 1,
};
const words: SliderScale = { ...temperature, min: 3, max: 4096, digits: 2, snap: 0 };

describe('valueAt', () => {
  it('is the position itself on a linear scale, within its ends', () => {
    expect([-1, 0.3, 2].map((position) => valueAt(position, linear))).toEqual([0, 0.3, 1]);
  });

  it('makes equal ways equal factors on a logarithmic one', () => {
    const at = (value: number) => valueAt(positionOf(value, temperature), temperature);
    expect([0.05, 2, 20].map(at)).toEqual([0.05, 2, 20]);
    expect(valueAt(Math.log(2.34567), temperature)).toBe(2.35);
    expect(valueAt(Math.log(99), temperature)).toBe(20);
  });

  it('catches on a value that it comes near', () => {
    expect(valueAt(0.03, temperature)).toBe(1);
    expect(valueAt(-0.039, temperature)).toBe(1);
    expect(valueAt(0.05, temperature)).toBe(1.05);
    expect(valueAt(0.03, { ...temperature, snap: 0 })).toBe(1.03);
  });

  it('gives whole numbers between whole ends', () => {
    expect(valueAt(Math.log(1234.4), words)).toBe(1234);
  });
});

describe('valueAfterStep', () => {
  it('goes a step, within the ends', () => {
    expect(valueAfterStep(0.5, 1, linear)).toBe(0.6);
    expect(valueAfterStep(0.95, 1, linear)).toBe(1);
    expect(valueAfterStep(2, 1, temperature)).toBe(2.1);
    expect(valueAfterStep(0.05, -1, temperature)).toBe(0.05);
  });

  it('goes at least one on a scale of whole numbers', () => {
    expect(valueAfterStep(3, 1, words)).toBe(4);
    expect(valueAfterStep(5, -1, words)).toBe(4);
    expect(valueAfterStep(100, 1, words)).toBe(105);
  });
});
