import type { Vector } from '../../../lessons/matrix';
import { digits } from '../digits';

/** (2.40, −1.40) */
export const pointText = ([x, y]: Vector): string => `(${digits(x, 2)}, ${digits(y, 2)})`;

/** The same in a formula, which has a minus of its own. */
export const pointTex = (point: Vector): string => pointText(point).replaceAll('−', '-');
