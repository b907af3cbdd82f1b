import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How near: a screen's height away, so that what is there has been computed when it is reached. */
const MARGIN = '100% 0px';

/** Whether an element has come near what is seen: what nobody looks at yet need not be computed. */
export class NearView implements ReactiveController {
  /** Once near, for good. */
  isReached = false;
  private watch: IntersectionObserver | null = null;

  constructor(private readonly host: ReactiveControllerHost & Element) {
    host.addController(this);
  }

  hostConnected(): void {
    if (this.isReached) return;
    this.watch = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        this.isReached = true;
        this.hostDisconnected();
        this.host.requestUpdate();
      },
      { rootMargin: MARGIN },
    );
    this.watch.observe(this.host);
  }

  hostDisconnected(): void {
    this.watch?.disconnect();
    this.watch = null;
  }
}
