import { render } from 'lit';
import { vi } from 'vitest';
import { sections } from '../../src/features/lesson/chapters';
import { Lesson } from '../../src/features/lesson/parts/lesson';
import { renderSection } from '../../src/features/lesson/parts/section';
import * as dom from './dom';

export interface LessonOptions {
  /** False takes WebGPU away. */
  readonly webgpu?: boolean;
  /** Sections to mount besides the one that the link leads to. */
  readonly with?: readonly string[];
}

/** Sections of the lesson, without the page around them, with the lesson's one state and its link. */
export class MountedLesson {
  readonly page = dom.page;
  readonly appears = dom.appears;
  readonly text = dom.text;

  private constructor(
    readonly lesson: Lesson,
    readonly errors: readonly string[],
    private readonly restore: () => void,
  ) {}

  /** `entries` as after "#lesson&": "at=steps&temperature=2". */
  static async open(entries: string, { webgpu = true, with: others = [] }: LessonOptions = {}) {
    const errors = dom.collectErrors();
    const restoreGpu = webgpu ? () => {} : dom.withoutWebGpu();
    // Nothing is pointed at from the test before.
    await dom.page.mouse.move(0, 0);
    history.replaceState(null, '', `#lesson&${entries}`);
    const lesson = new Lesson(sections.flatMap(({ fields = [] }) => fields));
    lesson.connect();
    const host = document.createElement('main');
    host.style.maxWidth = '60rem';
    document.body.append(host);
    const ids = [new URLSearchParams(entries).get('at')!, ...others];
    for (const id of ids) {
      const section = document.createElement('section');
      section.id = id;
      host.append(section);
      render(
        renderSection(
          sections.find((one) => one.id === id)!,
          lesson,
        ),
        section,
      );
    }
    const mounted = new MountedLesson(lesson, errors, () => {
      host.remove();
      lesson.disconnect();
      restoreGpu();
      vi.restoreAllMocks();
      history.replaceState(null, '', location.pathname + location.search);
    });
    for (const id of ids) {
      const element = document.querySelector(`main > section[id=${id}] > :last-child`)!;
      await (element as unknown as { updateComplete: Promise<unknown> }).updateComplete;
    }
    return mounted;
  }

  async close() {
    this.restore();
  }

  /** A section's element, scrolled into view. */
  async section(id: string) {
    const section = document.querySelector(`main > section[id=${id}]`)!;
    section.scrollIntoView({ block: 'start', behavior: 'instant' });
    return new dom.Handle(section);
  }

  /** What the section's pictures say of themselves now. */
  captions(id: string) {
    return dom.text(`section[id=${id}] >>> figcaption`);
  }

  /** The cells of a number-table as they are shown: without its names. */
  async numbers(selector: string): Promise<string[][]> {
    const [table] = dom.findAll(selector);
    if (!table) throw new Error(`there is no ${selector}`);
    return [...table.shadowRoot!.querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map(
        (cell) => cell.querySelector('input')?.value ?? cell.textContent!.trim(),
      ),
    );
  }

  click(selector: string) {
    return dom.page.click(`>>> ${selector}`);
  }

  async hash() {
    return location.hash;
  }
}
