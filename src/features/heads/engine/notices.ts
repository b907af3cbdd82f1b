import { formatCount } from '../../../numeric/format';
import { InputError } from '../../../attention/input-error';
import type { NoticeKind } from '../../../ui/controls/notice-banner';
import { LimitError, OutOfMemoryError } from '../../../webgpu/errors';

/** Something to say above the picture. */
export interface HeadsNotice {
  readonly kind: NoticeKind;
  readonly heading: string;
  readonly text: string;
  /** Whether trying again may help. */
  readonly canRetry: boolean;
}

/** A device was lost, and what was on the page is being drawn again on a new one. */
export const DEVICE_REPLACED: HeadsNotice = {
  kind: 'info',
  heading: 'The GPU device was lost.',
  text: 'A new one was opened, and the picture drawn again.',
  canRetry: false,
};

/** One new device is an answer to a loss; a second at once would be a loop. */
export const DEVICE_LOST_AGAIN: HeadsNotice = {
  kind: 'error',
  heading: 'The GPU device was lost again.',
  text: 'Nothing more is drawn for now; what was computed stays. Fewer tokens or heads may help.',
  canRetry: true,
};

/** @param longest Tokens that the CPU is asked for, with so many heads. */
export const withoutWebGpu = ({ message }: Error, longest: number, heads: number): HeadsNotice => ({
  kind: 'caution',
  heading: 'No WebGPU here: maps are computed on the CPU, in float64.',
  text: `${message} So it goes up to ${formatCount(longest)} tokens with ${heads === 1 ? 'one such head' : `${heads} such heads`}.`,
  canRetry: false,
});
const KEPT_NOTE = 'What was there before stays.';

/** Files that cannot be looked at. */
export const unreadableFiles = (error: unknown): HeadsNotice => ({
  kind: 'error',
  heading: 'These files cannot be looked at.',
  text: `${error instanceof Error ? error.message : String(error)} ${KEPT_NOTE}`,
  canRetry: false,
});

/** A link to files, on a page that does not have them. */
export const FILES_MISSING: HeadsNotice = {
  kind: 'caution',
  heading: 'This link is of files that are not in it.',
  text: 'Choose or drop them: the link says how to look at them. Until then, something else is shown.',
  canRetry: false,
};

/** What went wrong, and what is left. */
export function errorNotice(error: unknown): HeadsNotice {
  const message = error instanceof Error ? error.message : String(error);
  const isSize = error instanceof OutOfMemoryError || error instanceof LimitError;
  const isInput = error instanceof InputError;
  return {
    kind: 'error',
    heading: isSize
      ? 'This is too large here.'
      : isInput
        ? 'This cannot be drawn.'
        : 'Drawing broke off.',
    text: `${message} ${KEPT_NOTE}`,
    canRetry: !isInput,
  };
}
