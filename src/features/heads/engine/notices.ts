import { errorMessage } from '../../../async/error-message';
import { InputError } from '../../../attention/input-error';
import { formatCount, formatCounted } from '../../../numeric/format';
import type { NoticeKind } from '../../../ui/controls/notice-banner';
import { LimitError, OutOfMemoryError } from '../../../webgpu/errors';

export interface HeadsNotice {
  readonly kind: NoticeKind;
  readonly heading: string;
  readonly text: string;
  /** Whether trying again may help; false by default. */
  readonly canRetry?: boolean;
}

export const DEVICE_REPLACED: HeadsNotice = {
  kind: 'info',
  heading: 'The GPU device was lost.',
  text: 'A new one was opened, and the heads are computed again.',
};

/** A loss is answered with one new device; a second at once would be a loop. */
export const DEVICE_LOST_AGAIN: HeadsNotice = {
  kind: 'error',
  heading: 'The GPU device was lost again.',
  text: 'Computation has stopped; results so far are kept. Fewer tokens or heads may help.',
  canRetry: true,
};

/** @param maxLength Tokens that the CPU takes, with so many heads. */
export const withoutWebGpu = (
  { message }: Error,
  maxLength: number,
  heads: number,
): HeadsNotice => ({
  kind: 'caution',
  heading: 'No WebGPU here: maps are computed on the CPU, in float64.',
  text: `${message} Limit without WebGPU: ${formatCount(maxLength)} tokens × ${formatCounted(heads, 'head')}.`,
});

const HEADS_KEPT = 'Keeping the current heads.';

export const unreadableFiles = (error: unknown): HeadsNotice => ({
  kind: 'error',
  heading: 'Could not read these files.',
  text: `${errorMessage(error)} ${HEADS_KEPT}`,
});

/** For a link to files, on a page that does not have them. */
export const FILES_MISSING: HeadsNotice = {
  kind: 'caution',
  heading: 'This link refers to files that are not part of it.',
  text: 'Choose or drop them here: the link’s settings apply to them. Until then, other heads are shown.',
};

export function errorNotice(error: unknown): HeadsNotice {
  const isSize = error instanceof OutOfMemoryError || error instanceof LimitError;
  const isInput = error instanceof InputError;
  return {
    kind: 'error',
    heading: isSize
      ? 'Too large for this device.'
      : isInput
        ? 'These settings cannot be used.'
        : 'Computation failed.',
    text: `${errorMessage(error)} ${HEADS_KEPT}`,
    canRetry: !isInput,
  };
}
