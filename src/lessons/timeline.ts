/**
 * How a word is turned into numbers: an axis of its own (before 1986, and in most programs long after), a
 * learned vector that stays put, or one that the sentence moves.
 */
export type Representation = 'one-hot' | 'fixed' | 'contextual';

export interface Milestone {
  /** The year, or the first of two. */
  readonly year: number;
  readonly until?: number;
  readonly title: string;
  readonly who: string;
  /** What was new, in a sentence. */
  readonly fact: string;
  /** What a word was turned into, by this. */
  readonly representation: Representation;
  /** As the deck prints it, or that it does not. */
  readonly deck: string | null;
  /** How many words it was shown with, each an axis if written one-hot, and how many values it gave each. */
  readonly sizes?: { readonly words: number; readonly values: number };
}

/**
 * From words to vectors to vectors in context. The deck has 1986, 2013 and 2017, and calls the first "a
 * higher dimension space" and the second "lower dimensions". Both are far fewer than one axis a word.
 */
export const timeline: readonly Milestone[] = [
  {
    year: 1986,
    title: 'Distributed representations',
    who: 'Geoffrey Hinton, “Learning distributed representations of concepts”',
    fact: 'A concept is a pattern over many units, learned, where before it was one unit of its own.',
    representation: 'fixed',
    deck: 'a higher dimension space',
    // Names of two family trees of twelve; each goes through six units.
    sizes: { words: 24, values: 6 },
  },
  {
    year: 2003,
    title: 'A neural probabilistic language model',
    who: 'Yoshua Bengio, Réjean Ducharme, Pascal Vincent and Christian Jauvin',
    fact: 'A network that predicts the next word learns a short vector for every word on the way.',
    representation: 'fixed',
    deck: null,
  },
  {
    year: 2013,
    title: 'word2vec',
    who: 'Tomáš Mikolov, Kai Chen, Greg Corrado and Jeffrey Dean',
    fact: 'Vectors of a few hundred values from billions of words, one for each word wherever it stands.',
    representation: 'fixed',
    deck: 'neural embeddings, lower dimensions',
    // The vectors that Google published, of words and phrases of its news.
    sizes: { words: 3_000_000, values: 300 },
  },
  {
    year: 2014,
    until: 2015,
    title: 'Attention for translation',
    who: 'Dzmitry Bahdanau, Kyunghyun Cho and Yoshua Bengio; then Minh-Thang Luong, Hieu Pham and Christopher Manning',
    fact: 'The decoder looks back at every state of the encoder instead of one vector of fixed size.',
    representation: 'contextual',
    deck: null,
  },
  {
    year: 2017,
    title: 'Attention is all you need',
    who: 'Ashish Vaswani and seven others',
    fact: 'The Transformer: attention among the words of one sequence takes the place of recurrence.',
    representation: 'contextual',
    deck: 'attention updates the embeddings by context',
  },
  {
    year: 2018,
    title: 'ELMo, GPT and BERT',
    who: 'Matthew Peters and others; Alec Radford and others; Jacob Devlin and others',
    fact: 'Pretrained models give a word a vector that depends on its sentence, and other tasks reuse it.',
    representation: 'contextual',
    deck: null,
  },
];

/** The latest milestone that had begun by `year`; undefined before the first. */
export const milestoneAt = (year: number): Milestone | undefined =>
  timeline.findLast((milestone) => milestone.year <= year);

/** What words were turned into by `year`; before all, an axis for each. */
export const representationAt = (year: number): Representation =>
  milestoneAt(year)?.representation ?? 'one-hot';

/** How many values a word needs: one-hot as many as there are words, a learned vector as many as chosen. */
export const dimensions = (how: Representation, vocabulary: number, width: number): number =>
  how === 'one-hot' ? vocabulary : width;
