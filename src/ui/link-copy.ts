import type { ReactiveControllerHost } from 'lit';

const REFUSED = 'The browser does not let this page copy; the address above is the link.';

/** Copies an element's link, and has something to say of it for a while. */
export class LinkCopy {
  /** What became of it; empty once that is old. */
  told = '';

  constructor(private readonly host: ReactiveControllerHost) {}

  async copy(link: string, done = 'Copied.', milliseconds = 4000): Promise<void> {
    try {
      await navigator.clipboard.writeText(link);
      this.tell(done);
    } catch {
      this.tell(REFUSED);
    }
    setTimeout(() => this.tell(''), milliseconds);
  }

  private tell(words: string) {
    this.told = words;
    this.host.requestUpdate();
  }
}
