import { least } from 'd3-array';

/** A text and its mark, in units of a view box. */
export interface NamedMark {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface LabelPosition {
  /** The text's baseline relative to the mark. */
  readonly dx: number;
  readonly dy: number;
  readonly anchor: 'start' | 'middle' | 'end';
  /** The end of a line from the mark to a distant text, relative to the mark; null where none is needed. */
  readonly leader: readonly [dx: number, dy: number] | null;
}

interface LabelBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface LabelOptions {
  readonly width: number;
  readonly height: number;
  readonly fontSize: number;
  /** Further marks that no text should cover. */
  readonly points?: readonly { readonly x: number; readonly y: number }[];
}

/** Width of a character of the typeface over its size, a little more than the mean. */
const CHARACTER_WIDTH = 0.56;
const RINGS = [8, 17, 29, 43, 60];
const DIRECTIONS = [
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
  [0.75, -0.8],
  [-0.75, -0.8],
  [0.75, 0.8],
  [-0.75, 0.8],
] as const;

/**
 * Positions the texts in order, each near its mark, clear of other texts and marks, and within the picture. In a
 * crowd a text goes farther out and gets a line to its mark; none is left out.
 */
export function positionNames(
  requests: readonly NamedMark[],
  options: LabelOptions,
): LabelPosition[] {
  const marks = [...requests, ...(options.points ?? [])];
  const taken: LabelBox[] = [];
  return requests.map((request) => {
    const positions = RINGS.flatMap((radius) =>
      DIRECTIONS.map((direction, turn) => {
        const position = beside(request, radius, direction, options.fontSize);
        const cost = costOf(position.box, taken, marks, options) + radius * 1.5 + turn * 0.4;
        return { ...position, cost };
      }),
    );
    const best = least(positions, ({ cost }) => cost)!;
    taken.push(best.box);
    return best;
  });
}

function beside(
  { x, y, text }: NamedMark,
  radius: number,
  [across, down]: (typeof DIRECTIONS)[number],
  fontSize: number,
) {
  const width = text.length * fontSize * CHARACTER_WIDTH;
  const [dx, middle] = [across * radius, down * (radius + (across === 0 ? fontSize * 0.35 : 0))];
  const anchor = across > 0 ? 'start' : across < 0 ? 'end' : 'middle';
  const left = x + dx - (anchor === 'start' ? 0 : anchor === 'end' ? width : width / 2);
  const top = y + middle - fontSize * 0.55;
  const box = { left, right: left + width, top, bottom: top + fontSize * 1.1 };
  const leader = radius === RINGS[0] ? null : ([dx * 0.94, middle * 0.94] as const);
  return { dx, dy: middle + fontSize * 0.35, anchor, leader, box } as const;
}

function costOf(
  box: LabelBox,
  taken: readonly LabelBox[],
  marks: readonly { readonly x: number; readonly y: number }[],
  { width, height }: LabelOptions,
): number {
  const outside =
    Math.max(0, -box.left) +
    Math.max(0, box.right - width) +
    Math.max(0, -box.top) +
    Math.max(0, box.bottom - height);
  const covered = marks.filter((mark) => holds(box, mark)).length;
  const shared = taken.reduce((sum, other) => sum + overlap(box, other), 0);
  return outside * 20 + covered * 40 + shared * 2;
}

const holds = ({ left, right, top, bottom }: LabelBox, { x, y }: { x: number; y: number }) =>
  x > left - 3 && x < right + 3 && y > top - 2 && y < bottom + 2;

/** Area that both cover, with a word's space between them. */
function overlap(a: LabelBox, b: LabelBox): number {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left) + 4;
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return across > 0 && down > 0 ? across * down : 0;
}
