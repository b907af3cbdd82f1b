import { html } from 'lit';
import { MAX_TEXT_CHARACTERS } from '../model/sources/words';

/** How long typing may pause before a text is taken. */
const TYPING_MS = 250;

/** A text of one's own, taken when typing rests. */
export class TextInput {
  private typing: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly take: (text: string) => void) {}

  render(text: string) {
    return html`
      <div class="field wide tall">
        <label for="text">Text, split into words and marks</label>
        <textarea
          id="text"
          maxlength=${MAX_TEXT_CHARACTERS}
          spellcheck="false"
          .value=${text}
          @input=${this.type}
        ></textarea>
      </div>
    `;
  }

  private readonly type = (event: Event) => {
    const { value } = event.target as HTMLTextAreaElement;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.take(value), TYPING_MS);
  };
}
