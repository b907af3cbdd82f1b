import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Calls back when colours or fonts may have changed: colour scheme, attributes of the root element, loaded fonts. */
export class ThemeObserver implements ReactiveController {
  private readonly dark = matchMedia('(prefers-color-scheme: dark)');
  private readonly root = new MutationObserver(() => this.changed());

  constructor(
    host: ReactiveControllerHost,
    private readonly changed: () => void,
  ) {
    host.addController(this);
  }

  hostConnected() {
    this.dark.addEventListener('change', this.changed);
    // A theme is an attribute of the root, which fires no event.
    this.root.observe(document.documentElement, { attributes: true });
    void document.fonts.ready.then(this.changed);
  }

  hostDisconnected() {
    this.dark.removeEventListener('change', this.changed);
    this.root.disconnect();
  }
}

/** The host's width in CSS pixels, so that pictures can be drawn to scale and their text keeps its size. */
export class WidthController implements ReactiveController {
  value = 640;
  private readonly observer = new ResizeObserver(([{ contentRect }]) => {
    const width = Math.round(contentRect.width);
    if (width === 0 || width === this.value) return;
    this.value = width;
    this.host.requestUpdate();
  });

  constructor(private readonly host: ReactiveControllerHost & Element) {
    host.addController(this);
  }

  hostConnected(): void {
    this.observer.observe(this.host);
  }

  hostDisconnected(): void {
    this.observer.disconnect();
  }
}

/**
 * Redraws its host's canvases at most once a frame: after each update, when colours or fonts change, and when the
 * observed element is resized.
 */
export class RedrawController implements ReactiveController {
  private frame = 0;
  private timer = 0;
  private readonly resizeObserver = new ResizeObserver(() => this.request());

  /** @param around The element to observe; null until it is rendered. */
  constructor(
    private readonly host: ReactiveControllerHost & Element,
    private readonly around: () => Element | null,
    private readonly draw: () => void,
  ) {
    host.addController(this);
    new ThemeObserver(host, this.request);
  }

  get isPending(): boolean {
    return this.frame > 0;
  }

  readonly request = (): void => {
    if (this.frame || !this.host.isConnected) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      clearTimeout(this.timer);
      this.draw();
    });
  };

  /** Redraws after a delay, unless another redraw comes first. */
  requestAfter(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(this.request, milliseconds);
  }

  hostConnected(): void {
    this.observe();
  }

  hostUpdated(): void {
    this.observe();
    this.request();
  }

  hostDisconnected(): void {
    this.resizeObserver.disconnect();
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    clearTimeout(this.timer);
  }

  private observe(): void {
    const around = this.around();
    if (around) this.resizeObserver.observe(around);
  }
}
