import { describe, expect, it } from 'vitest';
import { comparePins, comparisonText, pinAnnouncement } from './readout';

const cell = (value: number, rowToken = 'Prisoner') => ({
  row: 12,
  column: 31,
  rowToken,
  columnToken: 'Cell',
  value,
  rank: 2,
  of: 6,
});

describe('comparePins', () => {
  it.each([
    [0.3, 0.2, '+0.1, × 1.5'],
    [0.05, 0.2, '−0.15, × 0.25'],
    [0, 0.2, '−0.2, × 0'],
    [0.2, 0.2, 'no difference'],
    [0, 0, 'no difference'],
    // By 0, and of differences of other signs, a ratio tells nothing.
    [0.2, 0, '+0.2'],
    [-0.1, 0.2, '−0.3'],
    [-0.1, -0.2, '+0.1, × 0.5'],
    [NaN, 0.2, 'NaN'],
    [0.2, NaN, 'NaN'],
    [Infinity, 1, '+∞'],
    [1, Infinity, '−∞'],
  ])('%d beside %d', (value, other, text) => {
    expect(comparisonText(comparePins(cell(value), cell(other)))).toBe(text);
  });
});

describe('pinAnnouncement', () => {
  const said = 'Pinned. Prisoner to Cell, 0.3, rank 2 of 6';

  it('says what was pinned, and how it stands to the first', () => {
    expect(pinAnnouncement(cell(0.3), null)).toBe(said);
    expect(pinAnnouncement(cell(0.3), cell(0.2, 'Guard'))).toBe(
      `${said}: 0.1 more than Guard to Cell, 1.5 times as much`,
    );
    expect(pinAnnouncement(cell(0.3), cell(0.6, 'Guard'))).toBe(
      `${said}: 0.3 less than Guard to Cell, 0.5 times as much`,
    );
  });

  it('says so where nothing can be compared', () => {
    expect(pinAnnouncement(cell(0.3), cell(0.3, 'Guard'))).toBe(`${said}: equal to Guard to Cell`);
    expect(pinAnnouncement(cell(0.3), cell(NaN, 'Guard'))).toMatch(
      /the difference from Guard to Cell is not a number$/,
    );
    expect(pinAnnouncement(cell(0.3), cell(0, 'Guard'))).toMatch(/0\.3 more than Guard to Cell$/);
  });
});
