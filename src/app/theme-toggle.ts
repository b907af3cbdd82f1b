import { capitalised } from '../numeric/format';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { radio } from '../ui/controls/fields';
import { emit } from '../ui/emit';
import { UiElement } from '../ui/element';

const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'theme';

/** The stored theme; `system` if nothing is stored or storage is blocked. */
export function rememberedTheme(): Theme {
  try {
    const theme = localStorage.getItem(key);
    return themes.find((name) => name === theme) ?? 'system';
  } catch {
    return 'system';
  }
}

/** Applies a theme and stores it if the browser allows that. */
export function applyTheme(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(key, theme);
  } catch {
    // Private window or blocked storage: the choice lasts until the page is closed.
  }
}

/**
 * Switches between the system's theme, light and dark.
 *
 * @fires {CustomEvent<Theme>} theme-change
 */
@customElement('theme-toggle')
export class ThemeToggle extends UiElement {
  static override styles = css`
    .pills label {
      padding-inline: var(--space-2);
    }

    @media (max-width: 26rem) {
      .pills {
        gap: 0;

        label {
          padding-inline: var(--space-1);
        }
      }
    }
  `;

  @property() theme: Theme = 'system';

  override render() {
    return html`
      <fieldset class="pills small">
        <legend class="visually-hidden">Theme</legend>
        ${themes.map((theme) => {
          const label = capitalised(theme);
          return radio('theme', label, theme === this.theme, () => this.choose(theme));
        })}
      </fieldset>
    `;
  }

  private choose(theme: Theme) {
    this.theme = theme;
    emit(this, 'theme-change', theme);
  }
}

declare global {
  interface HTMLElementEventMap {
    'theme-change': CustomEvent<Theme>;
  }

  interface HTMLElementTagNameMap {
    'theme-toggle': ThemeToggle;
  }
}
