import { html, type ReactiveControllerHost } from 'lit';
import { live } from 'lit/directives/live.js';

/** A whole number of 32 bits; null for any other text. */
export function parseSeed(text: string): number | null {
  const seed = Number(text);
  return /^\d+$/.test(text) && seed < 2 ** 32 ? seed : null;
}

/** The seed, as it is or as it was typed: what is no seed stays there, with what is wrong with it. */
export class SeedField {
  private wrong: string | null = null;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly take: (seed: number) => void,
  ) {}

  render(seed: number) {
    const isWrong = this.wrong !== null;
    return html`
      <div class="field">
        <label for="seed">Seed</label>
        <input
          id="seed"
          type="text"
          inputmode="numeric"
          autocomplete="off"
          .value=${live(this.wrong ?? String(seed))}
          aria-invalid=${isWrong ? 'true' : 'false'}
          aria-describedby="seed-error"
          @change=${this.change}
        />
      </div>
      <span id="seed-error" class="error" ?hidden=${!isWrong}>
        The seed is a whole number from 0 to 4294967295.
      </span>
    `;
  }

  private readonly change = (event: Event) => {
    const text = (event.target as HTMLInputElement).value.trim();
    const seed = parseSeed(text);
    this.wrong = seed === null ? text : null;
    this.host.requestUpdate();
    if (seed !== null) this.take(seed);
  };
}
