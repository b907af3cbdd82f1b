import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How near: a screen's height away, so that what is there is ready when it is reached. */
const MARGIN = '100% 0px';

/** Whether an element is near what is seen: what nobody looks at need not be computed, or can wait. */
export class NearView implements ReactiveController {
  /** Until it is known, it may be. */
  isNear = true;
  /** Has been near: once, and from then on. */
  isReached = false;
  private watch: IntersectionObserver | null = null;

  constructor(private readonly host: ReactiveControllerHost & Element) {
    host.addController(this);
  }

  hostConnected(): void {
    this.watch = new IntersectionObserver(this.follow, { rootMargin: MARGIN });
    this.watch.observe(this.host);
  }

  hostDisconnected(): void {
    this.watch?.disconnect();
    this.watch = null;
    this.isNear = true;
  }

  private readonly follow = (entries: IntersectionObserverEntry[]) => {
    this.isNear = entries.at(-1)!.isIntersecting;
    if (!this.isNear || this.isReached) return;
    this.isReached = true;
    this.host.requestUpdate();
  };
}
