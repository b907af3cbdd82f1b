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
