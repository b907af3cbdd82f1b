import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { cellSentences } from '../../../lessons/plane';
import { unlessTyping } from '../unless-typing';

/** The deck's three sentences to choose from, and a field for the reader's own. */
export const renderSentenceChoice = (context: string, read: (text: string) => void) => html`
  <fieldset class="sentences">
    <legend class="spoken">The sentence</legend>
    ${cellSentences.map(
      ({ text }) => html`
        <label>
          <input
            type="radio"
            name="context"
            .checked=${live(text === context)}
            @change=${() => read(text)}
          />${text}.
        </label>
      `,
    )}
    <label class="own"
      >Or type your own:
      <input
        id="own"
        type="text"
        autocomplete="off"
        spellcheck="false"
        .value=${unlessTyping(context)}
        @change=${(event: Event) => read((event.target as HTMLInputElement).value)}
      />
    </label>
  </fieldset>
`;
