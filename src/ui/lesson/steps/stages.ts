import type { TemplateResult } from 'lit';
import {
  maskBody,
  outputBody,
  projectionsBody,
  scoresBody,
  type StagesView,
  weightsBody,
  wordsBody,
} from './bodies';

/** A step of attention, as the section shows it. */
export interface Stage {
  readonly id: string;
  /** In a row of all of them. */
  readonly short: string;
  readonly title: string;
  readonly body: (view: StagesView) => TemplateResult;
}

export const stages: readonly Stage[] = [
  { id: 'words', short: 'X', title: 'Words as vectors', body: wordsBody },
  {
    id: 'projections',
    short: 'Q, K, V',
    title: 'Three vectors of each word',
    body: projectionsBody,
  },
  { id: 'scores', short: 'scores', title: 'Each query meets each key', body: scoresBody },
  { id: 'mask', short: 'mask', title: 'What may not be seen', body: maskBody },
  { id: 'weights', short: 'softmax', title: 'Scores become shares', body: weightsBody },
  { id: 'output', short: 'output', title: 'Values, mixed by shares', body: outputBody },
];

/** The stage before or after one; itself at the ends. */
export function neighbourOf(id: string, by: number): string {
  const at = stages.findIndex((stage) => stage.id === id);
  return stages[Math.min(stages.length - 1, Math.max(0, at + by))].id;
}
