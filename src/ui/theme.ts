export type Theme = 'system' | 'light' | 'dark';

export const themes: readonly Theme[] = ['system', 'light', 'dark'];

const key = 'theme';

/** The remembered theme; `system` where nothing is remembered or storage is closed to us. */
export function rememberedTheme(): Theme {
  try {
    const theme = localStorage.getItem(key);
    return themes.find((name) => name === theme) ?? 'system';
  } catch {
    return 'system';
  }
}

/** Shows a theme now, and remembers it where the browser lets us. */
export function applyTheme(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(key, theme);
  } catch {
    // Private windows and blocked storage: the choice lasts as long as the page.
  }
}
