import type { ReactiveControllerHost } from 'lit';

const REFUSED = 'The browser does not let this page copy; the address above is the link.';

/** Copies an element's link, and has something to say of it for a while. */
export class CopyLinkController {
  /** What became of it; empty once that is old. */
  message = '';

  constructor(private readonly host: ReactiveControllerHost) {}

  async copy(link: string, done = 'Copied.', milliseconds = 4000): Promise<void> {
    try {
      await navigator.clipboard.writeText(link);
      this.showMessage(done);
    } catch {
      this.showMessage(REFUSED);
    }
    setTimeout(() => this.showMessage(''), milliseconds);
  }

  private showMessage(words: string) {
    this.message = words;
    this.host.requestUpdate();
  }
}
