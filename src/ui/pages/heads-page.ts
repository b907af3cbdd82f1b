import { html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { shared } from '../styles/shared';

@customElement('heads-page')
export class HeadsPage extends LitElement {
  static override styles = shared;

  override render() {
    return html`<h1>What does each head look at?</h1>`;
  }
}
