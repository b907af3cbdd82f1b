/** A screen reader is told where the cursor rests, not all it passes, in milliseconds. */
const REST = 250;

/** Says only the last of what comes quickly. */
export class Announcer {
  private soon = 0;

  constructor(private readonly say: (text: string) => void) {}

  rest(text: string): void {
    this.stop();
    this.soon = window.setTimeout(() => this.say(text), REST);
  }

  stop(): void {
    clearTimeout(this.soon);
  }
}
