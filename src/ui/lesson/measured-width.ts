import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How wide its host is on the page: pictures drawn to that width have text as large as all other text. */
export class MeasuredWidth implements ReactiveController {
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
