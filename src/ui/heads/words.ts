import { defaultControls, maskKinds, type HeadControls } from '../../heads/controls';
import type { CompareWith } from '../../heads/link-state';

const numbers = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });

/** What a control is set to, in few words. */
const words: Readonly<
  Record<'temperature' | 'mask' | 'softcap' | 'alibi' | 'type', (controls: HeadControls) => string>
> = {
  temperature: ({ temperature }) => `temperature ${numbers.format(temperature)}`,
  mask: (controls) => {
    const { label, uses } = maskKinds[controls.mask];
    const own = uses.map((field) => `${field} ${controls[field]}`);
    return [controls.mask === 'none' ? 'no mask' : `${label} mask`, ...own].join(' ');
  },
  softcap: ({ softcap }) =>
    softcap === null ? 'no soft cap' : `soft cap ${numbers.format(softcap)}`,
  alibi: ({ alibi }) => (alibi ? 'ALiBi' : 'no ALiBi'),
  type: ({ type }) => (type === 'f32' ? 'float32' : 'float16'),
};

/** What one comparison is about; or, without, all that is not as usual. */
export function describeControls(controls: HeadControls, about?: CompareWith): string {
  if (about && about in words) return words[about as keyof typeof words](controls);
  return (Object.keys(words) as (keyof typeof words)[])
    .filter((name) => controls[name] !== defaultControls[name])
    .map((name) => words[name](controls))
    .join(', ');
}
