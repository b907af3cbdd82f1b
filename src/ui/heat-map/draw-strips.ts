import { cssColor } from './colors';
import type { Pen } from './pens';
import { formatTick } from './readout';
import { pixels, type Scene, type BinnedSeries } from './scene';

/** Entropy of each row at the right, attention received by each key below, each with its scale's end. */
export function drawStrips(pen: Pen, scene: Scene): void {
  drawReceived(pen, scene);
  if (scene.layout.entropy && scene.entropy) drawEntropy(pen, scene, scene.entropy);
}

function drawReceived(pen: Pen, scene: Scene): void {
  const { layout, colors: inks, received, scale } = scene;
  const { received: box } = layout;
  const { x } = pixels(scene);
  const most = largest(received);
  pen.clip(box.x, box.y, box.width, box.height, () => {
    for (const { from, ofBin, values } of received) {
      bars(
        values,
        (i) => [x(from + i * ofBin), x(from + (i + 1) * ofBin)],
        most,
        (a, b, share) => {
          if (share === null) pen.fillRect(a, box.y, b - a, 3, cssColor(scene.palette.nan));
          else if (!scale.signed) pen.fillRect(a, box.y, b - a, share * box.height, inks.accent);
          else {
            // Above the middle where there is more, below it where there is less.
            const half = (share * box.height) / 2;
            const top = box.y + box.height / 2 - Math.max(0, half);
            pen.fillRect(a, top, b - a, Math.abs(half), inks.accent);
          }
        },
      );
    }
  });
  const base = box.y + (scale.signed ? box.height / 2 : 0);
  pen.line(box.x, base, box.x + box.width, base, inks.line);
  const end = `${scale.signed ? '±' : ''}${formatTick(most)}`;
  const text = most > 0 ? `received by each key · up to ${end}` : 'received by each key';
  pen.text(text, box.x, box.y + box.height + 12, { fill: inks.soft });
}

function drawEntropy(pen: Pen, scene: Scene, { from, ofBin, values }: BinnedSeries): void {
  const { layout, colors: inks, maxEntropy: entropyMost } = scene;
  const box = layout.entropy!;
  const { y } = pixels(scene);
  pen.clip(box.x, box.y, box.width, box.height, () => {
    const ends = (i: number): [number, number] => [y(from + i * ofBin), y(from + (i + 1) * ofBin)];
    bars(values, ends, entropyMost, (a, b, share) => {
      if (share === null) pen.fillRect(box.x, a, 3, b - a, cssColor(scene.palette.nan));
      else pen.fillRect(box.x, a, share * box.width, b - a, inks.accent);
    });
  });
  pen.line(box.x, box.y, box.x, box.y + box.height, inks.line);
  const label = { fill: inks.soft, anchor: 'end' } as const;
  const end = box.x + box.width;
  pen.text('entropy', end, box.y - 17, label);
  pen.text(`≤ ${formatTick(entropyMost)}`, end, box.y - 5, label);
}

/** Calls for each bin with its ends on the screen, without hairlines between, and its share of the most. */
function bars(
  values: Float32Array,
  ends: (bin: number) => [number, number],
  most: number,
  draw: (from: number, to: number, share: number | null) => void,
): void {
  values.forEach((value, bin) => {
    const [from, to] = ends(bin).map(Math.round);
    const share = most > 0 ? Math.max(-1, Math.min(1, value / most)) : 0;
    draw(
      from,
      Math.max(from + 1, to - (to - from > 3 ? 1 : 0)),
      Number.isNaN(value) ? null : share,
    );
  });
}

function largest(series: readonly BinnedSeries[]): number {
  let most = 0;
  for (const { values } of series) {
    for (const value of values) {
      const size = Math.abs(value);
      if (size > most && size < Infinity) most = size;
    }
  }
  return most;
}
