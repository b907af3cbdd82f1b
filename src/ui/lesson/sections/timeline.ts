import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { LessonSection } from '../lesson-section';

@customElement('lesson-timeline')
export class LessonTimeline extends LessonSection {
  override render() {
    return html`<div class="prose"><p>…</p></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lesson-timeline': LessonTimeline;
  }
}
