import { html } from 'lit';

/** Which edges are drawn: the strongest, of which share of the weight. */
export function renderMassSlider(mass: number, take: (mass: number) => void) {
  const percent = Math.round(100 * mass);
  return html`
    <div class="controls">
      <div class="mass">
        <label for="mass">The strongest edges that hold</label>
        <input
          id="mass"
          type="range"
          min="1"
          max="100"
          .value=${String(percent)}
          aria-valuetext="${percent}% of each query’s weight"
          @input=${(event: Event) => take(Number((event.target as HTMLInputElement).value) / 100)}
        />
        <output for="mass"><span class="number">${percent}%</span> of each query’s weight</output>
      </div>
    </div>
  `;
}
