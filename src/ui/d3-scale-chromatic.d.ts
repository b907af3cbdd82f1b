/** The few functions used here; the package brings no types. Each takes a number from 0 to 1. */
declare module 'd3-scale-chromatic' {
  export function interpolateViridis(t: number): string;
  export function interpolateCividis(t: number): string;
  export function interpolateMagma(t: number): string;
  export function interpolateGreys(t: number): string;
  export function interpolateRdBu(t: number): string;
}
