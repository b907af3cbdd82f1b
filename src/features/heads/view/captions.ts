import { namedMasks } from '../../../attention/modifiers/index';
import { formatCount, formatCounted, formatSignificant } from '../../../numeric/format';
import type { HeadsEngine } from '../engine/engine';
import { finishedHeads, type HeadsResult } from '../engine/result';
import { defaultControls, type HeadControls } from '../model/controls';
import type { CompareWith } from '../model/state';

const controlCaptions: Readonly<
  Record<'temperature' | 'mask' | 'softcap' | 'alibi' | 'type', (controls: HeadControls) => string>
> = {
  temperature: ({ temperature }) => `temperature ${formatSignificant(temperature, 4)}`,
  mask: (controls) => {
    const { label, numbers } = namedMasks[controls.mask];
    const own = numbers.map((field) => `${field} ${controls[field]}`).join(', ');
    const name = controls.mask === 'none' ? 'no mask' : `${label} mask`;
    return own ? `${name} (${own})` : name;
  },
  softcap: ({ softcap }) =>
    softcap === null ? 'no soft cap' : `soft cap ${formatSignificant(softcap, 4)}`,
  alibi: ({ alibi }) => (alibi ? 'ALiBi' : 'no ALiBi'),
  type: ({ type }) => (type === 'f32' ? 'float32' : 'float16'),
};

const isControl = (name: CompareWith): name is CompareWith & keyof typeof controlCaptions =>
  name in controlCaptions;

/** The control that a comparison changes; without one, all controls that differ from their defaults. */
export function describeControls(controls: HeadControls, about: CompareWith = 'none'): string {
  if (isControl(about)) return controlCaptions[about](controls);
  return (Object.keys(controlCaptions) as (keyof typeof controlCaptions)[])
    .filter((name) => controls[name] !== defaultControls[name])
    .map((name) => controlCaptions[name](controls))
    .join(', ');
}

/** A run that is younger gives no estimate. */
const MIN_ESTIMATE_MS = 2000;

export function describeProgress(
  result: HeadsResult,
  engine: Pick<HeadsEngine, 'isCurrent' | 'isRunning' | 'isCpuFaster'>,
): string {
  const { isCurrent, isRunning, isCpuFaster } = engine;
  const { source, heads, milliseconds, fraction, backend } = result;
  const finished = finishedHeads(result);
  const size = `${formatCount(source.queryLength)} × ${formatCount(source.keyLength)}`;
  const device = backend === 'cpu' ? ' on the CPU' : '';
  const count = `${formatCounted(heads.length, 'head')} of ${size}`;
  if (finished === heads.length && isCurrent) {
    const reason = backend === 'cpu' && isCpuFaster ? ' (faster than this software adapter)' : '';
    return `${count} weights computed${device} in ${(milliseconds / 1000).toFixed(2)} s${reason}.`;
  }
  if (!isRunning) return `${finished} of ${count} weights computed.`;
  if (!isCurrent) return 'Updating…';
  const left =
    milliseconds < MIN_ESTIMATE_MS || fraction < 0.01 ? '' : `, ${timeLeft(result)} left`;
  return `Computing ${finished} of ${count}${device}: ${Math.floor(100 * fraction)} %${left}…`;
}

function timeLeft({ milliseconds, fraction }: HeadsResult): string {
  const seconds = (milliseconds * (1 - fraction)) / fraction / 1000;
  if (seconds < 90) return `about ${Math.ceil(seconds)} s`;
  return seconds < 5400
    ? `about ${Math.round(seconds / 60)} min`
    : `about ${Math.round(seconds / 3600)} h`;
}
