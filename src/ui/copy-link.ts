import type { ReactiveControllerHost } from 'lit';

const BLOCKED_MESSAGE =
  'The browser blocked copying. Copy the address from the address bar instead.';

/** Copies a link to the clipboard and shows the result for a few seconds. */
export class CopyLinkController {
  /** The result of the last copy; empty after a while. */
  message = '';

  constructor(private readonly host: ReactiveControllerHost) {}

  async copy(link: string, done = 'Copied.', milliseconds = 4000): Promise<void> {
    try {
      await navigator.clipboard.writeText(link);
      this.showMessage(done);
    } catch {
      this.showMessage(BLOCKED_MESSAGE);
    }
    setTimeout(() => this.showMessage(''), milliseconds);
  }

  private showMessage(message: string) {
    this.message = message;
    this.host.requestUpdate();
  }
}
