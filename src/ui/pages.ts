import { html, type TemplateResult } from 'lit';
import type { PageName } from './address';

/** A page of the site, fetched when it is first shown. */
export interface Page {
  /** Its link in the header. */
  readonly label: string;
  /** The document's title while it is shown. */
  readonly title: string;
  readonly load: () => Promise<unknown>;
  readonly element: TemplateResult;
  /** Where a reader may go from here. */
  readonly further: TemplateResult;
}

export const pages: Readonly<Record<PageName, Page>> = {
  benchmark: {
    label: 'Benchmark',
    title: 'Attention Playground',
    load: () => import('./pages/benchmark-page'),
    element: html`<benchmark-page></benchmark-page>`,
    further: html`
      What is it that is measured here? <a href="#lesson">The lesson</a> takes attention apart,
      number by number. What do its weights look like? <a href="#heads">Heads</a> shows them, at any
      size.
    `,
  },
  heads: {
    label: 'Heads',
    title: 'Heads · Attention Playground',
    load: () => import('./pages/heads-page'),
    element: html`<heads-page></heads-page>`,
    further: html`
      Where do the weights come from? <a href="#lesson&amp;at=steps">The lesson</a> computes them
      step by step. How fast are the kernels that draw this? <a href="#">The benchmark</a> measures
      them.
    `,
  },
  lesson: {
    label: 'Lesson',
    title: 'What is attention? · Attention Playground',
    load: () => import('./pages/lesson-page'),
    element: html`<lesson-page></lesson-page>`,
    further: html`
      The same kernels at real sizes: <a href="#heads">heads</a> to look at, and
      <a href="#">a benchmark</a> of how fast they are on your machine.
    `,
  },
};
