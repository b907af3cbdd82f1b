/** A block of the diagram: a step of the forward pass, with the tensors that it makes. */
export interface Block {
  readonly id: string;
  readonly tower: 'encoder' | 'decoder';
  readonly label: string;
  readonly kind: 'words' | 'attention' | 'cross' | 'norm' | 'plain';
  /** What it does, in a sentence or two. */
  readonly what: string;
  /** By name, in order of computation. */
  readonly tensors: readonly string[];
  /** The one that is shown first. */
  readonly first: string;
}

const ATTENTION = ['query', 'key', 'value', 'scores', 'weights', 'heads', 'output'];

function enter(tower: Block['tower']): Block[] {
  return [
    {
      id: `${tower}.embedding`,
      tower,
      label: 'Embeddings',
      kind: 'words',
      what: 'Each word becomes a vector of 16 values: the same wherever it stands.',
      tensors: [`${tower}.embedding`],
      first: `${tower}.embedding`,
    },
    {
      id: `${tower}.input`,
      tower,
      label: 'Positions',
      kind: 'plain',
      what: 'Waves of different lengths are added, so that the vector also tells where the word stands.',
      tensors: [`${tower}.positions`, `${tower}.input`],
      first: `${tower}.positions`,
    },
  ];
}

function attention(name: string, label: string, kind: Block['kind'], what: string): Block[] {
  const tower = name.startsWith('encoder') ? 'encoder' : 'decoder';
  const tensors = ATTENTION.map((step) => `${name}.${step}`);
  return [{ id: name, tower, label, kind, what, tensors, first: `${name}.weights` }, norm(name)];
}

function norm(name: string): Block {
  return {
    id: `${name}.norm`,
    tower: name.startsWith('encoder') ? 'encoder' : 'decoder',
    label: 'Add & norm',
    kind: 'norm',
    what: 'What went into the block is added to what came out: the residual path. Then each row is shifted to mean 0 and scaled to variance 1.',
    tensors: [`${name}.residual`, `${name}.norm`],
    first: `${name}.norm`,
  };
}

function feedForward(tower: Block['tower']): Block[] {
  const name = `${tower}.feed-forward`;
  return [
    {
      id: name,
      tower,
      label: 'Feed-forward',
      kind: 'plain',
      what: 'Each word by itself: 16 values become 32, those below 0 become 0, and 16 come out.',
      tensors: [`${name}.hidden`, `${name}.output`],
      first: `${name}.hidden`,
    },
    norm(name),
  ];
}

/** In order of computation: the encoder from its words upwards, then the decoder. */
export const blocks: readonly Block[] = [
  ...enter('encoder'),
  ...attention(
    'encoder.attention',
    'Self-attention',
    'attention',
    'Every source word attends to every source word, in two heads of 8 values each.',
  ),
  ...feedForward('encoder'),
  ...enter('decoder'),
  ...attention(
    'decoder.attention',
    'Masked self-attention',
    'attention',
    'Each word attends to itself and to those before it. Later ones have a score of −∞: they are not there yet when it is to be predicted.',
  ),
  ...attention(
    'decoder.cross',
    'Cross-attention',
    'cross',
    'Queries come from the decoder, keys and values from the encoder: each target word asks the source.',
  ),
  ...feedForward('decoder'),
  {
    id: 'output.logits',
    tower: 'decoder',
    label: 'Against all words',
    kind: 'plain',
    what: 'What came out is held against the vector of every word that could come next: one score each.',
    tensors: ['output.words', 'output.logits'],
    first: 'output.logits',
  },
  {
    id: 'output.probabilities',
    tower: 'decoder',
    label: 'Softmax',
    kind: 'plain',
    what: 'Scores become probabilities of the next word. Nothing has been learnt here, so they mean nothing.',
    tensors: ['output.probabilities'],
    first: 'output.probabilities',
  },
];

export const blockOf = (id: string): Block => blocks.find((block) => block.id === id) ?? blocks[0];
