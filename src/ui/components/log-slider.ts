import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { formatNumber } from './typed-numbers';

/** Within this of 1, on the logarithmic scale, a slider means 1. */
const SNAP = 0.04;

/** The number that a place on the scale means, in three figures. */
export function numberAt(logarithm: number): number {
  return Number(Math.exp(Math.abs(logarithm) < SNAP ? 0 : logarithm).toPrecision(3));
}

export interface LogSlider {
  readonly id: string;
  /** Its ends; `value` may lie beyond them. */
  readonly least: number;
  readonly most: number;
  readonly value: number;
  /** Its name, where no label gives it one. */
  readonly name?: string;
  readonly isOff?: boolean;
}

/** A slider on which equal ways are equal factors. */
export function logSlider(slider: LogSlider, take: (value: number) => void) {
  const { id, least, most, value, name, isOff = false } = slider;
  return html`<input
    id=${id}
    type="range"
    min=${Math.log(least)}
    max=${Math.log(most)}
    step="0.01"
    ?disabled=${isOff}
    .value=${live(String(Math.log(value)))}
    aria-label=${name ?? nothing}
    aria-valuetext=${formatNumber(value)}
    @input=${(event: Event) => take(numberAt(Number((event.target as HTMLInputElement).value)))}
  />`;
}
