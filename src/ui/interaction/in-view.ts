import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How near: a screen's height away, so that what is there is ready when it is reached. */
const MARGIN = '100% 0px';

/** Whether an element is near what is seen: what nobody looks at need not be computed, or can wait. */
export class InViewController implements ReactiveController {
  /** Until it is known, it may be. */
  inView = true;
  /** Has been near: once, and from then on. */
  hasBeenInView = false;
  private observer: IntersectionObserver | null = null;

  constructor(private readonly host: ReactiveControllerHost & Element) {
    host.addController(this);
  }

  hostConnected(): void {
    this.observer = new IntersectionObserver(this.handleIntersection, { rootMargin: MARGIN });
    this.observer.observe(this.host);
  }

  hostDisconnected(): void {
    this.observer?.disconnect();
    this.observer = null;
    this.inView = true;
  }

  private readonly handleIntersection = (entries: IntersectionObserverEntry[]) => {
    this.inView = entries.at(-1)!.isIntersecting;
    if (!this.inView || this.hasBeenInView) return;
    this.hasBeenInView = true;
    this.host.requestUpdate();
  };
}
