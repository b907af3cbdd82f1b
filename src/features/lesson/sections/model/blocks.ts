import { sum } from 'd3-array';

interface Block {
  readonly id: string;
  readonly tower: 'encoder' | 'decoder';
  readonly label: string;
  readonly kind: 'attention' | 'cross' | 'norm' | 'plain';
  readonly description: string;
  /** Names, in order of computation. */
  readonly tensors: readonly string[];
  /** The tensor that is shown first. */
  readonly first: string;
}

/** Ids begin with the tower, and end with the kind unless it is plain. */
const block = (
  id: string,
  label: string,
  description: string,
  tensors: readonly string[] = [id],
  first = tensors[0],
): Block => {
  const tower = id.startsWith('encoder') ? 'encoder' : 'decoder';
  const kind = (['attention', 'cross', 'norm'] as const).find((end) => id.endsWith(end)) ?? 'plain';
  return { id, tower, label, kind, description, tensors, first };
};

const inputBlocks = (tower: Block['tower']): Block[] => [
  block(
    `${tower}.embedding`,
    'Embeddings',
    'Each word becomes a vector of 16 values: the same wherever it stands.',
  ),
  block(
    `${tower}.input`,
    'Positions',
    'Waves of different lengths are added, so that the vector also tells where the word stands.',
    [`${tower}.positions`, `${tower}.input`],
  ),
];

const ATTENTION = ['query', 'key', 'value', 'scores', 'weights', 'heads', 'output'];

const attentionBlocks = (name: string, label: string, description: string) => [
  block(
    name,
    label,
    description,
    ATTENTION.map((step) => `${name}.${step}`),
    `${name}.weights`,
  ),
  normBlock(name),
];

const normBlock = (name: string): Block =>
  block(
    `${name}.norm`,
    'Add & norm',
    'What went into the block is added to what came out: the residual path. Then each row is shifted to mean 0 and scaled to variance 1.',
    [`${name}.residual`, `${name}.norm`],
    `${name}.norm`,
  );

const feedForwardBlocks = (name: string): Block[] => [
  block(
    name,
    'Feed-forward',
    'Each word by itself: 16 values become 32, those below 0 become 0, and 16 come out.',
    [`${name}.hidden`, `${name}.output`],
  ),
  normBlock(name),
];

/** In order of computation: the encoder, then the decoder. */
export const blocks: readonly Block[] = [
  ...inputBlocks('encoder'),
  ...attentionBlocks(
    'encoder.attention',
    'Self-attention',
    'Every source word attends to every source word, in two heads of 8 values each.',
  ),
  ...feedForwardBlocks('encoder.feed-forward'),
  ...inputBlocks('decoder'),
  ...attentionBlocks(
    'decoder.attention',
    'Masked self-attention',
    'Each word attends to itself and to those before it. Later ones have a score of −∞: they are not there yet when it is to be predicted.',
  ),
  ...attentionBlocks(
    'decoder.cross',
    'Cross-attention',
    'Queries come from the decoder, keys and values from the encoder: each target word asks the source.',
  ),
  ...feedForwardBlocks('decoder.feed-forward'),
  block(
    'output.logits',
    'Against all words',
    'What came out is held against the vector of every word that could come next: one score each.',
    ['output.words', 'output.logits'],
    'output.logits',
  ),
  block(
    'output.probabilities',
    'Softmax',
    'Scores become probabilities of the next word. Nothing has been learnt here, so they mean nothing.',
  ),
];

export const blockOf = (id: string): Block => blocks.find((block) => block.id === id) ?? blocks[0];

/** A block's upper left corner; all are equally large. */
export interface BlockBox {
  readonly block: Block;
  readonly x: number;
  readonly y: number;
}

export interface DiagramArrow {
  readonly path: string;
  readonly role: '' | 'query' | 'key' | 'value' | 'residual';
  readonly label?: { readonly text: string; readonly x: number; readonly y: number };
}

export const BOX_WIDTH = 136;
export const BOX_HEIGHT = 38;
/** Room beside each tower, for the residual paths. */
const OUTSIDE = 18;
/** Room between the towers, for keys and values. */
const BETWEEN = 36;
const GAP = 16;
/** Gap under a block that has a residual path around it. */
const FORK_GAP = 34;
const WORDS_HEIGHT = 8;

export const DIAGRAM_WIDTH = 2 * (BOX_WIDTH + OUTSIDE) + BETWEEN;

const hasResidual = ({ kind, id }: Block) =>
  kind === 'attention' || kind === 'cross' || id.endsWith('feed-forward');

/** Distance to the block below. */
const gapUnder = (block: Block): number =>
  block.kind === 'norm' ? 8 : hasResidual(block) ? FORK_GAP : GAP;

/** The boxes, encoder first, and the arrows between them. */
export function layoutDiagram() {
  const towers = (['encoder', 'decoder'] as const).map((tower) =>
    blocks.filter((block) => block.tower === tower),
  );
  const heights = towers.map((tower) => sum(tower, (block) => gapUnder(block) + BOX_HEIGHT));
  const height = WORDS_HEIGHT + Math.max(...heights) + GAP;
  const boxes = towers.flatMap((tower, side) => stackBlocks(tower, side, height));
  const at = (id: string) => boxes.find(({ block }) => block.id === id)!;
  const top = at('output.probabilities');
  const arrows: DiagramArrow[] = [
    ...boxes.flatMap((box, i) => inputArrows(box, boxes[i - 1])),
    ...boxes.filter(({ block }) => hasResidual(block)).map(residualArrow),
    ...crossAttentionArrows(at('encoder.feed-forward.norm'), at('decoder.cross')),
    { path: `M${centreOf(top)} ${top.y}V0`, role: '' },
  ];
  return { height, boxes, arrows };
}

function stackBlocks(tower: readonly Block[], side: number, height: number): BlockBox[] {
  const x = OUTSIDE + side * (BOX_WIDTH + BETWEEN);
  let y = height - WORDS_HEIGHT;
  return tower.map((block) => {
    y -= gapUnder(block) + BOX_HEIGHT;
    return { block, x, y };
  });
}

const centreOf = ({ x }: BlockBox) => x + BOX_WIDTH / 2;
const bottomOf = ({ y }: BlockBox) => y + BOX_HEIGHT;

/** From the block below, or from the words. Before attention the arrow splits into query, key and value. */
function inputArrows(box: BlockBox, below: BlockBox | undefined): DiagramArrow[] {
  const { block } = box;
  const isFirst = below?.block.tower !== block.tower;
  const from = isFirst ? bottomOf(box) + GAP : below.y;
  const to = bottomOf(box);
  const x = centreOf(box);
  const path = `M${x} ${from}V${to}`;
  if (block.kind === 'cross') {
    return [{ path, role: 'query', label: { text: 'Q', x: x + 6, y: to + 15 } }];
  }
  if (block.kind !== 'attention') return [{ path, role: '' }];
  const fork = to + FORK_GAP - 10;
  const branch = (by: number, role: 'query' | 'key' | 'value', text: string): DiagramArrow => ({
    path: by === 0 ? path : `M${x} ${fork}H${x + by}V${to}`,
    role,
    label: { text, x: x + by + 5, y: to + 15 },
  });
  return [branch(-36, 'query', 'Q'), branch(0, 'key', 'K'), branch(36, 'value', 'V')];
}

function residualArrow(box: BlockBox): DiagramArrow {
  const isLeft = box.block.tower === 'encoder';
  const edge = isLeft ? box.x : box.x + BOX_WIDTH;
  const out = isLeft ? edge - OUTSIDE + 4 : edge + OUTSIDE - 4;
  const from = bottomOf(box) + FORK_GAP - 5;
  const to = box.y - 8 - BOX_HEIGHT / 2;
  return { path: `M${centreOf(box)} ${from}H${out}V${to}H${edge}`, role: 'residual' };
}

function crossAttentionArrows(from: BlockBox, to: BlockBox): DiagramArrow[] {
  const top = from.y - GAP;
  const lane = (by: number, role: 'key' | 'value', text: string): DiagramArrow => {
    const x = from.x + BOX_WIDTH + BETWEEN / 2 - 4 + by * 9;
    const y = to.y + BOX_HEIGHT / 2 + (by === 0 ? 9 : -9);
    const start = centreOf(from) + (by === 0 ? 6 : -6);
    return {
      path: `M${start} ${from.y}V${top - (by === 0 ? 0 : 9)}H${x}V${y}H${to.x}`,
      role,
      label: { text, x: from.x + BOX_WIDTH - 12, y: by === 0 ? top + 13 : top - 14 },
    };
  };
  return [lane(0, 'key', 'K'), lane(1, 'value', 'V')];
}
