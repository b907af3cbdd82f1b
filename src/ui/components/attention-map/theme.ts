import type { Inks } from './scene';

/** Colours of the page around, read off an element that wears them; `probe` in the styles says which where. */
export function inksOf(probe: HTMLElement): Inks {
  const style = getComputedStyle(probe);
  return {
    paper: style.backgroundColor,
    ink: style.color,
    line: style.borderTopColor,
    edge: style.borderRightColor,
    soft: style.borderBottomColor,
    accent: style.borderLeftColor,
    zero: style.textDecorationColor,
  };
}

/** Calls when colours or letters may have changed, until the signal. */
export function watchTheme(changed: () => void, signal: AbortSignal): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', changed, { signal });
  // Another theme changes the root's attributes, and no event tells of it.
  const root = new MutationObserver(changed);
  root.observe(document.documentElement, { attributes: true });
  signal.addEventListener('abort', () => root.disconnect());
  void document.fonts.ready.then(changed);
}
