import { visibleKeyCounts } from '../../heads/density';
import { headMetrics } from '../../heads/metrics';
import { thumbnailRegion, type HeadResult, type Picture, type PictureRequest } from './picture';

const TELL_MS = 200;

/** A picture of which nothing is computed yet; maps of the picture before stand in where its source is the same. */
export function emptyPicture(
  request: PictureRequest,
  place: Pick<Picture, 'on' | 'maps'>,
  before: Picture | null,
): Picture {
  const { source } = request;
  return {
    ...request,
    ...place,
    heads: Array.from({ length: source.layers * source.heads }, () => ({})),
    earlier: before?.source === source ? before.heads.map(latestOf(before)) : [],
    fraction: 0,
    milliseconds: 0,
    isDone: false,
  };
}

/** A head's map as it was seen last. */
const latestOf =
  ({ earlier }: Picture) =>
  ({ cells }: HeadResult, index: number) =>
    cells ?? earlier[index];

export interface DrawOptions {
  /** When work on the picture began: it was prepared before. */
  readonly since: number;
  readonly signal: AbortSignal;
  /** The head to compute before the others. */
  readonly preferred: () => number;
  /** Told of each picture that holds more than the one before. */
  readonly publish: (picture: Picture) => void;
}

/**
 * Computes all heads of a picture, one after the other: what its rows tell, then its map.
 * @throws the signal's reason; what the picture's maps throw.
 */
export async function drawHeads(empty: Picture, options: DrawOptions): Promise<void> {
  const { since, signal, preferred } = options;
  const { source, controls, maps } = empty;
  let picture = empty;
  const publish = (some: Partial<Picture>) => {
    picture = { ...picture, ...some, milliseconds: performance.now() - since };
    options.publish(picture);
  };
  const take = (index: number, more: HeadResult) => {
    const heads = picture.heads.map((one, i) => (i === index ? { ...one, ...more } : one));
    publish({ heads, fraction: fractionOf(heads) });
  };
  const visible = visibleKeyCounts(controls, source);
  const region = thumbnailRegion(source.queryLength, source.keyLength);
  while (picture.heads.some(({ cells }) => !cells)) {
    const index = nextOf(picture.heads, preferred());
    const [layer, head] = [Math.floor(index / source.heads), index % source.heads];
    const onProgress = everySoOften((share) =>
      publish({ fraction: fractionOf(picture.heads, share / 2) }),
    );
    const statistics = await maps.statistics(layer, head, { signal, onProgress });
    const metrics = headMetrics(statistics, visible, source.keyLength, source.marks);
    take(index, { statistics, metrics });
    const cells = await maps.map(layer, head).cells(region, {
      signal,
      onPart: ({ done }) => onProgress(done.reduce((sum, one) => sum + one, 0) / done.length),
    });
    take(index, { cells });
  }
  publish({ isDone: true, fraction: 1 });
}

function nextOf(heads: readonly HeadResult[], preferred: number): number {
  if (preferred < heads.length && !heads[preferred].cells) return preferred;
  return heads.findIndex(({ cells }) => !cells);
}

/** Half of a head's work are its statistics, half its map; `more` of a half is done beyond. */
function fractionOf(heads: readonly HeadResult[], more = 0): number {
  const halves = heads.reduce(
    (sum, { statistics, cells }) => sum + Number(!!statistics) + Number(!!cells),
    0,
  );
  return (halves / 2 + more) / heads.length;
}

/** What is told many times a second is passed on a few times. */
function everySoOften(tell: (share: number) => void): (share: number) => void {
  let last = performance.now();
  return (share) => {
    const now = performance.now();
    if (now - last < TELL_MS) return;
    last = now;
    tell(share);
  };
}
