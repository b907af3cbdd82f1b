import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { LessonSection } from '../lesson-section';

@customElement('lesson-softmax')
export class LessonSoftmax extends LessonSection {
  override render() {
    return html`<div class="prose"><p>…</p></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lesson-softmax': LessonSoftmax;
  }
}
