/** One competitor, as data: the page, the terminal and the measurements all read this list. */
export interface Contestant {
  readonly name: string;
  readonly where: 'gpu' | 'cpu';
  /** One sentence for people. */
  readonly summary: string;
}

export const contestants: readonly Contestant[] = [
  { name: 'flash', where: 'gpu', summary: 'Fused: online softmax, scores never stored.' },
  {
    name: 'three-pass',
    where: 'gpu',
    summary: 'Scores, softmax and values as three stored passes.',
  },
  { name: 'cpu', where: 'cpu', summary: 'Plain TypeScript on one worker thread.' },
];
