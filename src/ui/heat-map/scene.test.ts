import { describe, expect, it } from 'vitest';
import { layOutPicture, longestToken, type PictureLayout } from './scene';

describe('layOutPicture', () => {
  const options = { rowToken: 0, columnToken: 0, entropy: true, maxHeight: 720 };
  const inside = ({ width, height, plot: box, entropy, received, legend }: PictureLayout) => {
    for (const part of [box, received, legend, ...(entropy ? [entropy] : [])]) {
      expect(part.x).toBeGreaterThanOrEqual(0);
      expect(part.x + part.width).toBeLessThanOrEqual(width);
      expect(part.y + part.height).toBeLessThanOrEqual(height);
    }
  };

  it.each([330, 390, 700, 1120, 2000])('keeps everything inside %d pixels', (width) => {
    for (const [rows, columns] of [
      [64, 64],
      [65536, 65536],
      [8, 4096],
      [4096, 8],
    ]) {
      for (const entropy of [true, false]) {
        inside(layOutPicture(width, { rows, columns }, { ...options, rowToken: 9, entropy }));
      }
    }
  });

  it('has square cells, but for very oblong maps', () => {
    const shape = (rows: number, columns: number) => {
      const { plot: box } = layOutPicture(1000, { rows, columns }, options);
      return box.height / box.width / (rows / columns);
    };
    expect(shape(64, 64)).toBeCloseTo(1, 2);
    expect(shape(300, 200)).toBeCloseTo(1, 2);
    expect(shape(8, 4096)).toBeGreaterThan(1);
  });

  it('draws few weights no larger than they may be', () => {
    const { plot: box } = layOutPicture(1000, { rows: 3, columns: 3 }, options);
    expect(box.width).toBe(3 * 72);
  });

  it('knows the longest token', () => {
    expect(longestToken(['a', 'prisoner', 'cell'])).toBe(8);
    expect(longestToken([])).toBe(0);
  });
});
