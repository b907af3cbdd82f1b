import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Draws its host's canvases again when colours or letters change: light and dark, whatever a page sets on its root. */
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
    // Another theme changes the root's attributes, and no event tells of it.
    this.root.observe(document.documentElement, { attributes: true });
    void document.fonts.ready.then(this.changed);
  }

  hostDisconnected() {
    this.dark.removeEventListener('change', this.changed);
    this.root.disconnect();
  }
}

/** How wide its host is on the page: pictures drawn to that width have text as large as all other text. */
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
 * Draws its host's canvases, at most once a frame: after each update, when colours or letters change, and when the
 * element around the canvases changes its size.
 */
export class RedrawController implements ReactiveController {
  private frame = 0;
  private timer = 0;
  private readonly resizeObserver = new ResizeObserver(() => this.request());

  /** @param around The element whose size the canvases follow; null while there is none. */
  constructor(
    private readonly host: ReactiveControllerHost & Element,
    private readonly around: () => Element | null,
    private readonly draw: () => void,
  ) {
    host.addController(this);
    new ThemeObserver(host, this.request);
  }

  /** Whether a frame is asked for. */
  get isPending(): boolean {
    return this.frame > 0;
  }

  /** In the next frame. */
  readonly request = (): void => {
    if (this.frame || !this.host.isConnected) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      clearTimeout(this.timer);
      this.draw();
    });
  };

  /** In so many milliseconds, or when something else asks for it before. */
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
