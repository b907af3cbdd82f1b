import { contestants } from '../bench/contestants';

/** A triangle that stands on its tip, of a given area: what Plot's own symbols lack. */
const tip = {
  draw(context: CanvasPath, size: number) {
    const half = Math.sqrt(size / Math.sqrt(3));
    const height = half * Math.sqrt(3);
    context.moveTo(-half, -height / 3);
    context.lineTo(half, -height / 3);
    context.lineTo(0, (2 * height) / 3);
    context.closePath();
  },
};

/** An hourglass: two triangles, tip to tip. */
const hourglass = {
  draw(context: CanvasPath, size: number) {
    const half = Math.sqrt(size / 2);
    context.moveTo(-half, -half);
    context.lineTo(half, -half);
    context.lineTo(-half, half);
    context.lineTo(half, half);
    context.closePath();
  },
};

/** Forms that are not Plot's own. */
const drawn = { tip, hourglass };

const symbols = [
  'circle',
  'square',
  'triangle',
  'diamond',
  'cross',
  'star',
  'wye',
  'hexagon',
  'tip',
  'hourglass',
] as const;
const colors = symbols.map((_, i) => `var(--series-${i + 1})`);

/** Place in the contestants' list; a stranger (from an older report) comes after the last. */
function place(contestant: string) {
  const index = contestants.findIndex(({ name }) => name === contestant);
  return index < 0 ? contestants.length : index;
}

/** The colour that a contestant has everywhere on the page. */
export function seriesColor(contestant: string) {
  return colors[place(contestant) % colors.length]!;
}

/** The form of its mark, so that no meaning hangs on colour alone. */
export function seriesForm(contestant: string) {
  return symbols[place(contestant) % symbols.length]!;
}

/** The same for Plot. */
export function seriesSymbol(contestant: string) {
  const form = seriesForm(contestant);
  return form === 'tip' || form === 'hourglass' ? drawn[form] : form;
}
