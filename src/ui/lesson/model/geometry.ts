import { type Block, blocks } from './blocks';

/** Where everything of the diagram stands, in pixels; up is further along. */
export interface Box {
  readonly block: Block;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line with an arrowhead at its end. */
export interface Arrow {
  readonly path: string;
  readonly concept: '' | 'query' | 'key' | 'value' | 'residual';
  /** A letter beside it. */
  readonly label?: { readonly text: string; readonly x: number; readonly y: number };
}

export interface Diagram {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

const BOX_WIDTH = 136;
const BOX_HEIGHT = 38;
/** Beside each tower, for the residual paths. */
const OUTSIDE = 18;
/** Between the towers, for keys and values. */
const BETWEEN = 36;
const GAP = 16;
/** Under a block that a residual path goes around. */
const FORK_GAP = 34;
const WORDS_HEIGHT = 8;

export const DIAGRAM_WIDTH = 2 * (BOX_WIDTH + OUTSIDE) + BETWEEN;

const forks = ({ kind, id }: Block) =>
  kind === 'attention' || kind === 'cross' || id.endsWith('feed-forward');

/** Distance from the top of the block below. */
const gapUnder = (block: Block): number =>
  block.kind === 'norm' ? 8 : forks(block) ? FORK_GAP : GAP;

/** The whole diagram: two towers of blocks, what flows between them, and around them. */
export function layOut(): Diagram {
  const towers = (['encoder', 'decoder'] as const).map((tower) =>
    blocks.filter((block) => block.tower === tower),
  );
  const heightOf = (tower: readonly Block[]) =>
    tower.reduce((sum, block) => sum + gapUnder(block) + BOX_HEIGHT, WORDS_HEIGHT);
  const height = Math.max(...towers.map(heightOf)) + GAP;
  const boxes = towers.flatMap((tower, side) => stack(tower, side, height));
  const at = (id: string) => boxes.find(({ block }) => block.id === id)!;
  const arrows = [
    ...boxes.flatMap((box, i) => into(box, boxes[i - 1])),
    ...boxes.filter(({ block }) => forks(block)).map((box) => around(box)),
    ...across(at('encoder.feed-forward.norm'), at('decoder.cross')),
    straight(centreOf(at('output.probabilities')), at('output.probabilities').y, 0),
  ];
  return { width: DIAGRAM_WIDTH, height, boxes, arrows };
}

function stack(tower: readonly Block[], side: number, height: number): Box[] {
  const x = OUTSIDE + side * (BOX_WIDTH + BETWEEN);
  let y = height - WORDS_HEIGHT;
  return tower.map((block) => {
    y -= gapUnder(block) + BOX_HEIGHT;
    return { block, x, y, width: BOX_WIDTH, height: BOX_HEIGHT };
  });
}

const centreOf = ({ x, width }: Box) => x + width / 2;
const bottomOf = ({ y, height }: Box) => y + height;

const straight = (x: number, from: number, to: number): Arrow => ({
  path: `M${x} ${from}V${to}`,
  concept: '',
});

/** From the block below, or from the words; attention takes queries, keys and values from one line. */
function into(box: Box, below: Box | undefined): Arrow[] {
  const { block } = box;
  const isFirst = below?.block.tower !== block.tower;
  const from = isFirst ? bottomOf(box) + GAP : below.y;
  const to = bottomOf(box);
  const x = centreOf(box);
  if (block.kind === 'cross') {
    const label = { text: 'Q', x: x + 6, y: to + 15 };
    return [{ ...straight(x, from, to), concept: 'query', label }];
  }
  if (block.kind !== 'attention') return [straight(x, from, to)];
  const fork = to + FORK_GAP - 10;
  const branch = (by: number, concept: 'query' | 'key' | 'value', text: string): Arrow => ({
    path: by === 0 ? `M${x} ${from}V${to}` : `M${x} ${fork}H${x + by}V${to}`,
    concept,
    label: { text, x: x + by + 5, y: to + 15 },
  });
  return [branch(-36, 'query', 'Q'), branch(0, 'key', 'K'), branch(36, 'value', 'V')];
}

/** The residual path: from under a block, around it, into the sum above it. */
function around(box: Box): Arrow {
  const isLeft = box.block.tower === 'encoder';
  const edge = isLeft ? box.x : box.x + box.width;
  const out = isLeft ? edge - OUTSIDE + 4 : edge + OUTSIDE - 4;
  const from = bottomOf(box) + FORK_GAP - 5;
  const to = box.y - 8 - BOX_HEIGHT / 2;
  return { path: `M${centreOf(box)} ${from}H${out}V${to}H${edge}`, concept: 'residual' };
}

/** Keys and values: from the top of the encoder into the side of the decoder. */
function across(from: Box, to: Box): Arrow[] {
  const top = from.y - GAP;
  const lane = (by: number, concept: 'key' | 'value', text: string): Arrow => {
    const x = from.x + from.width + BETWEEN / 2 - 4 + by * 9;
    const y = to.y + to.height / 2 + (by === 0 ? 9 : -9);
    const start = centreOf(from) + (by === 0 ? 6 : -6);
    return {
      path: `M${start} ${from.y}V${top - (by === 0 ? 0 : 9)}H${x}V${y}H${to.x}`,
      concept,
      label: { text, x: from.x + from.width - 12, y: by === 0 ? top + 13 : top - 14 },
    };
  };
  return [lane(0, 'key', 'K'), lane(1, 'value', 'V')];
}
