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
}

export const pages: Readonly<Record<PageName, Page>> = {
  benchmark: {
    label: 'Benchmark',
    title: 'Attention Playground',
    load: () => import('./pages/benchmark-page'),
    element: html`<benchmark-page></benchmark-page>`,
  },
  heads: {
    label: 'Heads',
    title: 'Heads · Attention Playground',
    load: () => import('./pages/heads-page'),
    element: html`<heads-page></heads-page>`,
  },
  lesson: {
    label: 'Lesson',
    title: 'What is attention? · Attention Playground',
    load: () => import('./pages/lesson-page'),
    element: html`<lesson-page></lesson-page>`,
  },
};
