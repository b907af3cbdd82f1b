import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Draws its host's canvases again when colours or letters change: light and dark, whatever a page sets on its root. */
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
    // Another theme changes the root's attributes, and no event tells of it.
    this.root.observe(document.documentElement, { attributes: true });
    void document.fonts.ready.then(this.changed);
  }

  hostDisconnected() {
    this.dark.removeEventListener('change', this.changed);
    this.root.disconnect();
  }
}
