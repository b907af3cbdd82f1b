import { html, nothing } from 'lit';

/** Why a part of the page could not be computed, and the way to try it again. */
export function renderFault(part: { readonly fault: string; retry(): void }) {
  if (!part.fault) return nothing;
  return html`
    <p class="error" role="alert">
      ${part.fault}
      <button class="again" type="button" @click=${() => part.retry()}>Try again</button>
    </p>
  `;
}
