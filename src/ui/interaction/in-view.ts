import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** One viewport height, so that content is ready before it scrolls into view. */
const MARGIN = '100% 0px';

/** Whether its host is in or near the viewport: work for what is far away can be skipped or deferred. */
export class InViewController implements ReactiveController {
  /** True until the observer has reported. */
  inView = true;
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
