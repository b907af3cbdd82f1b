import { html, type TemplateResult } from 'lit';
import { denseMap } from '../../attention/maps/cpu-maps';
import { differenceMap } from '../../features/heads/model/difference';
import { fillRandom } from '../../numeric/random';
import '../../ui/heat-map/attention-map';
import { memoizeLast } from '../../ui/memoize-last';
import { inductionWeights, longTokens, softmaxOf, statisticsOfWeights } from './sample-heads';

const noise = (count: number, stream: number) =>
  fillRandom(new Float32Array(count), { seed: 5, stream });

const SMALL = 64;
const tokens = longTokens.slice(0, SMALL);
const small = inductionWeights(tokens);
const hotter = inductionWeights(tokens, 2);

const broken = small.slice();
broken.fill(NaN, 20 * SMALL, 21 * SMALL);
broken[40 * SMALL + 7] = Infinity;
broken[41 * SMALL + 30] = NaN;

const LARGE = 2048;
/** Documents attending to themselves, the previous token and the first token. Created on first use. */
const large = memoizeLast(() => {
  const wave = noise(4096, 1);
  const documentOf = (at: number) => Math.floor(Math.cbrt(at / LARGE) * 9);
  return softmaxOf(LARGE, LARGE, (row, column) => {
    if (column > row) return -Infinity;
    const same = documentOf(row) === documentOf(column) ? 3 : 0;
    const near = row - column === 1 ? 7 : 0;
    const first = column === 0 ? 5 : 0;
    return same + near + first + 1.5 * wave[(row * 31 + column * 17) & 4095];
  });
});

const oblongNoise = noise(8 * 300, 0);
const smallMap = denseMap(SMALL, SMALL, small);
const largeMap = {
  rows: LARGE,
  columns: LARGE,
  cells: (...given: Parameters<typeof smallMap.cells>) =>
    denseMap(LARGE, LARGE, large()).cells(...given),
};

/** The reference value: here the stored weight itself. */
const trace = (row: number, column: number) =>
  Promise.resolve({ value: small[row * SMALL + column], error: 0 });

/** Small, large, signed, non-finite, oblong, and from plain numbers. */
export const attentionMaps: Record<string, TemplateResult> = {
  'attention-map': html`<attention-map
    data-name="small"
    label="An induction head"
    .map=${smallMap}
    .rowTokens=${tokens}
    .columnTokens=${tokens}
    .statistics=${statisticsOfWeights(SMALL, SMALL, small)}
    .trace=${trace}
    .pins=${[{ row: 19, column: 9 }]}
  ></attention-map>`,
  'attention-map, large': html`<attention-map
    data-name="large"
    label="Documents of 2,048 tokens"
    .map=${largeMap}
    scale="log"
  ></attention-map>`,
  'attention-map, signed': html`<attention-map
    data-name="signed"
    label="Temperature 1 less temperature 2"
    .map=${differenceMap(smallMap, denseMap(SMALL, SMALL, hotter))}
    .rowTokens=${tokens}
    .columnTokens=${tokens}
    signed
  ></attention-map>`,
  'attention-map, not finite': html`<attention-map
    data-name="not finite"
    label="With NaN and Infinity"
    .map=${denseMap(SMALL, SMALL, broken)}
    scale="log"
    palette="cividis"
  ></attention-map>`,
  'attention-map, oblong': html`<attention-map
    data-name="oblong"
    label="8 queries on 300 keys"
    .map=${denseMap(
      8,
      300,
      softmaxOf(8, 300, (row, column) => 2 * oblongNoise[row * 300 + column]),
    )}
    palette="magma"
    scale="rank"
  ></attention-map>`,
  'attention-map, plain numbers': html`<attention-map
    data-name="plain"
    label="Plain numbers"
    weights="[[1, 0, 0], [0.25, 0.75, 0], [0.1, 0.3, 0.6]]"
    row-tokens='["a", "b", "c"]'
    column-tokens='["a", "b", "c"]'
  ></attention-map>`,
};
