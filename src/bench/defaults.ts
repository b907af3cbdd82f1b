import { contestants } from './contestants';
import type { Settings } from './settings-types';

/** What is measured when nothing is asked for. */
export const defaultSettings: Settings = {
  preset: 'suite',
  batch: 1,
  heads: 8,
  kvHeads: 8,
  queryLength: 1024,
  keyLength: 1024,
  headSize: 64,
  valueSize: 64,
  mask: 'none',
  window: 256,
  dtype: 'f32',
  seed: 1,
  distribution: 'normal',
  contestants: contestants.map(({ name }) => name),
  budget: 60,
};
