import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Draws its host's canvases again when the colours change: light and dark, and whatever a page sets on its root. */
export class ThemeWatch implements ReactiveController {
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
    this.root.observe(document.documentElement, {
      attributeFilter: ['class', 'style', 'data-theme'],
    });
  }

  hostDisconnected() {
    this.dark.removeEventListener('change', this.changed);
    this.root.disconnect();
  }
}
