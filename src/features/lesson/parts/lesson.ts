import { InputError } from '../../../attention/input-error';
import type { LinkCodec } from '../../../numeric/url-state';
import { Store } from '../../../ui/store';
import { LessonKernels } from '../engine/kernels';
import { lessonLink, withSetting } from '../model/link';
import type { LessonField } from '../model/link-fields';
import type { LessonState } from '../model/state';

/** Where in the essay a link leads: an entry of the address that is no part of the state. */
const SECTION_ENTRY = 'at';

/** The one state of the whole essay, and what computes attention for all sections. */
export class Lesson extends Store<LessonState> {
  /** One device for all sections. */
  readonly kernels = new LessonKernels();
  readonly #codec: LinkCodec<LessonState>;

  constructor(sectionFields: readonly LessonField[]) {
    const codec = lessonLink(sectionFields);
    // A link that names no more than a section leads there, and leaves the reader's state alone.
    const options = { extras: [SECTION_ENTRY], bareLink: 'keep', rewritesLinks: true } as const;
    super({ page: 'lesson', codec, ...options });
    this.#codec = codec;
  }

  /** The section that the address leads to; empty for the beginning. */
  get section(): string {
    return this.extra(SECTION_ENTRY);
  }

  set section(id: string) {
    this.setExtra(SECTION_ENTRY, id);
  }

  /**
   * Changes one setting, or several that belong together, as a link could.
   * @throws InputError for what no link could say.
   */
  override patch(some: Partial<LessonState>, how: 'set' | 'drag' = 'set'): void {
    let next = this.state;
    for (const key of Object.keys(some) as (keyof LessonState)[]) {
      next = withSetting(this.#codec, next, key, some[key]!);
    }
    this[how](next);
  }
}

/** What is wrong with an input, as a sentence; empty if nothing is. Other errors are thrown on. */
export function inputErrorMessage(make: () => void): string {
  try {
    make();
    return '';
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}
