import { css, html, nothing, type CSSResultGroup } from 'lit';
import { property } from 'lit/decorators.js';
import { UiElement } from '../../../ui/element';
import type { HeadsSession } from '../engine/session';

/** An element of the heads page. It renders again only when something that it reads of the session has changed. */
export abstract class SessionElement extends UiElement {
  /** What belongs to the request before is pale, once that lasts longer than a blink. */
  static override styles: CSSResultGroup = css`
    .stale {
      opacity: 0.45;
      transition: opacity 150ms 150ms;
    }
  `;

  @property({ attribute: false }) session!: HeadsSession;
  #unsubscribe: (() => void) | undefined;
  #lastRead: readonly unknown[] = [];

  /** What the element shows of the session, compared by identity. */
  protected abstract reads(session: HeadsSession): readonly unknown[];

  override connectedCallback() {
    super.connectedCallback();
    this.#unsubscribe = this.session.subscribe(() => this.#compare());
    this.#compare();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#unsubscribe?.();
  }

  #compare() {
    const read = this.reads(this.session);
    if (read.every((value, i) => Object.is(value, this.#lastRead[i]))) return;
    this.#lastRead = read;
    this.requestUpdate();
  }
}

/** Why a part of the page could not be computed, and a button to try again. */
export function renderError(part: { readonly message: string; retry(): void }) {
  if (!part.message) return nothing;
  return html`
    <p class="error" role="alert">
      ${part.message}
      <button class="again" type="button" @click=${() => part.retry()}>Try again</button>
    </p>
  `;
}
