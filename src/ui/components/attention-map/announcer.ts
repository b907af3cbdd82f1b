import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A screen reader is told where the cursor rests, not all it passes, in milliseconds. */
const REST = 250;

/** What the live region says. */
export class Announcer implements ReactiveController {
  said = '';
  private soon = 0;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  say(text: string): void {
    if (text === this.said) return;
    this.said = text;
    this.host.requestUpdate();
  }

  /** Says only the last of what comes quickly. */
  rest(text: string): void {
    clearTimeout(this.soon);
    this.soon = window.setTimeout(() => this.say(text), REST);
  }

  hostDisconnected(): void {
    clearTimeout(this.soon);
  }
}
