import { formatCount, formatSignificant } from '../../../numeric/format';
import { headsDone, type HeadsResult } from '../engine/result';
import { namedMasks } from '../../../attention/modifiers/index';
import { defaultControls, type HeadControls } from '../model/controls';
import type { CompareWith } from '../model/state';

/** What a control is set to, in few words. */
const controlCaptions: Readonly<
  Record<'temperature' | 'mask' | 'softcap' | 'alibi' | 'type', (controls: HeadControls) => string>
> = {
  temperature: ({ temperature }) => `temperature ${formatSignificant(temperature, 4)}`,
  mask: (controls) => {
    const { label, numbers: own } = namedMasks[controls.mask];
    const listed = own.map((field) => `${field} ${controls[field]}`).join(', ');
    const name = controls.mask === 'none' ? 'no mask' : `${label} mask`;
    return listed ? `${name} (${listed})` : name;
  },
  softcap: ({ softcap }) =>
    softcap === null ? 'no soft cap' : `soft cap ${formatSignificant(softcap, 4)}`,
  alibi: ({ alibi }) => (alibi ? 'ALiBi' : 'no ALiBi'),
  type: ({ type }) => (type === 'f32' ? 'float32' : 'float16'),
};

/** What one comparison is about; or, without, all that is not as usual. */
export function describeControls(controls: HeadControls, about?: CompareWith): string {
  if (about && about in controlCaptions)
    return controlCaptions[about as keyof typeof controlCaptions](controls);
  return (Object.keys(controlCaptions) as (keyof typeof controlCaptions)[])
    .filter((name) => controls[name] !== defaultControls[name])
    .map((name) => controlCaptions[name](controls))
    .join(', ');
}

/** Work that has gone on for less says nothing of how long it will take. */
const MIN_ESTIMATE_MS = 2000;

/** What is computed, how far that is, and how long it took or will take. */
export function describeProgress(
  picture: HeadsResult,
  { isCurrent, isRunning }: { readonly isCurrent: boolean; readonly isRunning: boolean },
): string {
  const { source, heads, milliseconds, fraction, on, isDone } = picture;
  const size = `${formatCount(source.queryLength)} × ${formatCount(source.keyLength)}`;
  const where = on === 'cpu' ? ' on the CPU' : '';
  const count = `${heads.length} ${heads.length === 1 ? 'head' : 'heads'} of ${size}`;
  if (isDone && isCurrent) {
    return `${count} weights computed${where} in ${(milliseconds / 1000).toFixed(2)} s.`;
  }
  if (!isRunning) return `${headsDone(picture)} of ${count} weights were computed.`;
  if (!isCurrent) return 'Drawing what you changed…';
  const left =
    milliseconds < MIN_ESTIMATE_MS || fraction < 0.01 ? '' : `, ${timeLeft(picture)} left`;
  return `Computing ${headsDone(picture)} of ${count}${where}: ${Math.floor(100 * fraction)} %${left}…`;
}

function timeLeft({ milliseconds, fraction }: HeadsResult): string {
  const seconds = (milliseconds * (1 - fraction)) / fraction / 1000;
  if (seconds < 90) return `about ${Math.ceil(seconds)} s`;
  return seconds < 5400
    ? `about ${Math.round(seconds / 60)} min`
    : `about ${Math.round(seconds / 3600)} h`;
}
