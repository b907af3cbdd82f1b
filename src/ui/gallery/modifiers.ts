import { alibi } from '../../attention/modifiers/alibi';
import { causal } from '../../attention/modifiers/causal';
import { and, or } from '../../attention/modifiers/combine';
import { documents } from '../../attention/modifiers/documents';
import { keyLengths } from '../../attention/modifiers/key-lengths';
import type { Mask, ScoreModifier } from '../../attention/modifiers/modifier';
import { prefixLm, windowWithSinks } from '../../attention/modifiers/recipes';
import { packedSequences } from '../../attention/modifiers/row-ranges';
import { UNBOUNDED, slidingWindow } from '../../attention/modifiers/sliding-window';
import { softcap } from '../../attention/modifiers/softcap';
import { tensorBias, tensorMask } from '../../attention/modifiers/tensor-mask';

interface Drawn {
  readonly label: string;
  readonly mask?: Mask;
  readonly scoreModifiers?: readonly ScoreModifier[];
}

const SIZE = 24;
const cells = (value: (query: number, key: number) => number) =>
  Float32Array.from({ length: SIZE * SIZE }, (_, i) => value(Math.floor(i / SIZE), i % SIZE));
const checks = cells((query, key) => ((query >> 2) + (key >> 2)) % 2);
const ramp = cells((_query, key) => (key < 4 ? -Infinity : key / 6));
const bias = tensorBias([SIZE, SIZE], ramp);

/** Every modifier there is, and some joined, for the gallery to draw. */
export const drawnModifiers: readonly Drawn[] = [
  { label: 'causal', mask: causal() },
  { label: 'causal, 8 keys cached', mask: causal(8) },
  { label: 'causal, first rows empty', mask: causal(-6) },
  { label: 'window of 4 and 2', mask: slidingWindow(4, 2) },
  { label: 'causal and window', mask: and(causal(), slidingWindow(6, UNBOUNDED)) },
  { label: 'window with 3 sink tokens', mask: windowWithSinks(5, 3) },
  { label: 'prefix of 9', mask: prefixLm(9) },
  { label: '17 keys', mask: keyLengths(17) },
  { label: 'documents', mask: documents(Array.from({ length: SIZE }, (_, i) => (i * i) >> 6)) },
  {
    label: 'packed, bottom right',
    mask: packedSequences([0, 5, 14, 24], [0, 9, 18, 24], 'bottom-right'),
  },
  { label: 'either of two', mask: or(slidingWindow(1, 1), slidingWindow(2, 2, 10)) },
  { label: 'boolean tensor', mask: tensorMask([SIZE, SIZE], checks) },
  { label: 'bias tensor, −∞ hides', mask: bias.mask, scoreModifiers: [bias.score] },
  { label: 'linear biases', scoreModifiers: [alibi([0.3])] },
  { label: 'soft cap of 1', scoreModifiers: [softcap(1)] },
];
