import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ThemeWatch } from './theme-watch';

/**
 * Draws its host's canvases, at most once a frame: after each update, when colours or letters change, and when the
 * element around the canvases changes its size.
 */
export class Redraw implements ReactiveController {
  private frame = 0;
  private later = 0;
  private readonly sized = new ResizeObserver(() => this.soon());

  /** @param around The element whose size the canvases follow; null while there is none. */
  constructor(
    private readonly host: ReactiveControllerHost & Element,
    private readonly around: () => Element | null,
    private readonly draw: () => void,
  ) {
    host.addController(this);
    new ThemeWatch(host, this.soon);
  }

  /** Whether a frame is asked for. */
  get isPending(): boolean {
    return this.frame > 0;
  }

  /** In the next frame. */
  readonly soon = (): void => {
    if (this.frame || !this.host.isConnected) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      clearTimeout(this.later);
      this.draw();
    });
  };

  /** In so many milliseconds, or when something else asks for it before. */
  after(milliseconds: number): void {
    clearTimeout(this.later);
    this.later = window.setTimeout(this.soon, milliseconds);
  }

  hostConnected(): void {
    this.observe();
  }

  hostUpdated(): void {
    this.observe();
    this.soon();
  }

  hostDisconnected(): void {
    this.sized.disconnect();
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    clearTimeout(this.later);
  }

  private observe(): void {
    const around = this.around();
    if (around) this.sized.observe(around);
  }
}
