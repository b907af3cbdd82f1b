import { expect, vi } from 'vitest';
import { commands, page as frame } from 'vitest/browser';

/**
 * The page that a test runs in, driven with the words that tests of whole pages have (puppeteer's), but from
 * within: functions given to it see the test's own variables. In selectors ">>>" leads into shadow roots,
 * however deep.
 */

/** All elements of a selector, in the order of the document. */
export function findAll(selector: string, root: ParentNode = document): Element[] {
  let scopes: ParentNode[] = [root];
  for (const part of selector.split('>>>').map((text) => text.trim())) {
    if (part === '') continue;
    const found = scopes.flatMap(withShadowRoots).flatMap((one) => [...one.querySelectorAll(part)]);
    scopes = [...new Set(found)];
  }
  return scopes as Element[];
}

function withShadowRoots(scope: ParentNode): ParentNode[] {
  const inner: Node[] = [scope, ...scope.querySelectorAll('*')];
  const roots = inner.flatMap((node) => (node instanceof Element && node.shadowRoot) || []);
  return [scope, ...roots.flatMap(withShadowRoots)];
}

/**
 * What a reader finds in an element: shadow roots and slots included; styles, and MathML and sources of
 * formulas, are not words.
 */
export function textOf(node: Node): string {
  // Spaces of no width, as in formulas, are no words.
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue!.replace(/\u200b/g, '');
  if (!(node instanceof Element) && !(node instanceof ShadowRoot)) return '';
  if (node instanceof HTMLStyleElement) return '';
  if (node instanceof Element && node.classList.contains('katex-mathml')) return '';
  if (node instanceof HTMLSlotElement) return node.assignedNodes().map(textOf).join(' ');
  const inside = (node instanceof Element && node.shadowRoot) || node;
  // Typeset digits stand in elements of their own, and belong together.
  const isFormula = node instanceof Element && node.closest('.katex') !== null;
  return [...inside.childNodes].map(textOf).join(isFormula ? '' : ' ');
}

const tidy = (text: string) => text.replace(/\s+/g, ' ').trim();

/** An element, as puppeteer hands it out. */
export class Handle<T extends Element = Element> {
  constructor(readonly element: T) {}

  async evaluate<R, A extends unknown[]>(
    read: (element: T, ...given: A) => R,
    ...given: A
  ): Promise<Awaited<R>> {
    return await read(this.element, ...given);
  }

  async $(selector: string) {
    const [first] = findAll(selector, this.element);
    return first ? new Handle(first) : null;
  }

  async $$(selector: string) {
    return findAll(selector, this.element).map((element) => new Handle(element));
  }

  async $eval<R, A extends unknown[]>(
    selector: string,
    read: (element: any, ...given: A) => R,
    ...given: A
  ) {
    return read(single(selector, this.element), ...given);
  }

  async $$eval<R, A extends unknown[]>(
    selector: string,
    read: (elements: any[], ...given: A) => R,
    ...given: A
  ) {
    return read(findAll(selector, this.element), ...given);
  }

  async boundingBox() {
    const { x, y, width, height } = this.element.getBoundingClientRect();
    return { x, y, width, height };
  }

  async click({ count = 1 } = {}) {
    await commands.mouse('click', ...(await this.#middle()), { clickCount: count });
  }

  async hover() {
    await commands.mouse('move', ...(await this.#middle()));
  }

  async focus() {
    (this.element as unknown as HTMLElement).focus();
  }

  async type(text: string) {
    await this.focus();
    await keyboard.type(text);
  }

  async press(key: string) {
    await this.focus();
    await keyboard.press(key);
  }

  /** Where its middle is, once it has not moved for a few frames: pictures above it may still grow. */
  async #middle() {
    await document.fonts.ready;
    let before = '';
    for (let still = 0; ;) {
      this.element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
      const { x, y, width, height } = this.element.getBoundingClientRect();
      const now = [x, y, width, height].join();
      still = now === before ? still + 1 : 0;
      if (still === STILL_FRAMES) return [x + width / 2, y + height / 2] as const;
      before = now;
      await nextFrame();
    }
  }
}

const STILL_FRAMES = 4;

export const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

function single(selector: string, root?: ParentNode): Element {
  const [first] = findAll(selector, root);
  if (!first) throw new Error(`there is no ${selector}`);
  return first;
}

const keyboard = {
  press: (key: string) => commands.keyboard('press', key),
  down: (key: string) => commands.keyboard('down', key),
  up: (key: string) => commands.keyboard('up', key),
  async type(text: string) {
    for (const [i, line] of text.split('\n').entries()) {
      if (i > 0) await commands.keyboard('press', 'Enter');
      if (line !== '') await commands.keyboard('type', line);
    }
  },
};

export const page = {
  keyboard,

  mouse: {
    move: (x: number, y: number, options?: { steps?: number }) =>
      commands.mouse('move', x, y, options),
    down: () => commands.mouse('down'),
    up: () => commands.mouse('up'),
    click: (x: number, y: number) => commands.mouse('click', x, y),
    wheel: ({ deltaX = 0, deltaY = 0 }) => commands.mouse('wheel', deltaX, deltaY),
  },

  async $(selector: string) {
    const [first] = findAll(selector);
    return first ? new Handle(first) : null;
  },

  $$: async (selector: string) => findAll(selector).map((element) => new Handle(element)),

  async $eval<R, A extends unknown[]>(
    selector: string,
    read: (element: any, ...given: A) => R,
    ...given: A
  ) {
    return read(single(selector), ...given);
  },

  async $$eval<R, A extends unknown[]>(
    selector: string,
    read: (elements: any[], ...given: A) => R,
    ...given: A
  ) {
    return read(findAll(selector), ...given);
  },

  evaluate: async <R, A extends unknown[]>(read: (...given: A) => R, ...given: A) => read(...given),

  click: (selector: string, options?: { count?: number }) =>
    new Handle(single(selector)).click(options),
  hover: (selector: string) => new Handle(single(selector)).hover(),
  focus: (selector: string) => new Handle(single(selector)).focus(),

  /** Chooses from a native list. */
  async select(selector: string, value: string) {
    const list = single(selector) as HTMLSelectElement;
    list.value = value;
    list.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    list.dispatchEvent(new Event('change', { bubbles: true }));
  },

  async setViewport({ width, height }: { width: number; height: number }) {
    await commands.resizeWindow(width, height);
    await frame.viewport(width, height);
  },

  emulateMedia: commands.emulateMedia,
};

/** Waits until there is such an element. */
export const appears = (selector: string) =>
  expect.poll(() => findAll(selector).length, { timeout: 20_000 }).toBeGreaterThan(0);

/** What these elements say, one line each. */
export const text = async (selector: string) =>
  findAll(selector)
    .map((element) => tidy(textOf(element)))
    .join('\n');

/** Errors on the console since this was called; uncaught ones fail a run by themselves. */
export function collectErrors(): string[] {
  const errors: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((...given) => {
    const message = given.join(' ');
    // Chrome says so of any observer that resizes what it observes; what is left is done a frame later.
    if (!message.includes('ResizeObserver loop')) errors.push(message);
  });
  return errors;
}

/** Runs `work` in a page without WebGPU. */
export function withoutWebGpu(): () => void {
  const descriptor = Object.getOwnPropertyDescriptor(Navigator.prototype, 'gpu')!;
  Reflect.deleteProperty(Navigator.prototype, 'gpu');
  return () => Object.defineProperty(Navigator.prototype, 'gpu', descriptor);
}
