import { html, type TemplateResult } from 'lit';
import type { Lesson } from './parts/lesson';
import './sections/cipher/index';
import './sections/context/index';
import './sections/dilution/index';
import './sections/embedding/index';
import './sections/heads/index';
import './sections/memory/index';
import './sections/model/index';
import './sections/normalisation/index';
import './sections/others/index';
import './sections/place/index';
import './sections/relay/index';
import './sections/result/index';
import './sections/sequences/index';
import './sections/similarity/index';
import './sections/softmax/index';
import './sections/steps/index';
import './sections/table/index';
import './sections/timeline/index';

/** A section of the essay: a row of the deck's list. */
export interface Section {
  /** Its name in addresses. */
  readonly id: string;
  readonly title: string;
  readonly render: (lesson: Lesson) => TemplateResult;
}

export interface Chapter {
  readonly title: string;
  readonly sections: readonly Section[];
}

export const chapters: readonly Chapter[] = [
  {
    title: 'Sequence to sequence',
    sections: [
      {
        id: 'sequences',
        title: 'A sequence in, a sequence out',
        render: (lesson) => html`<lesson-sequences .lesson=${lesson}></lesson-sequences>`,
      },
      {
        id: 'cipher',
        title: 'Is translation deciphering?',
        render: (lesson) => html`<lesson-cipher .lesson=${lesson}></lesson-cipher>`,
      },
      {
        id: 'relay',
        title: 'Cells do it too',
        render: (lesson) => html`<lesson-relay .lesson=${lesson}></lesson-relay>`,
      },
      {
        id: 'memory',
        title: 'The memory that forgets',
        render: (lesson) => html`<lesson-memory .lesson=${lesson}></lesson-memory>`,
      },
    ],
  },
  {
    title: 'Why attention',
    sections: [
      {
        id: 'embedding',
        title: 'Words as numbers',
        render: (lesson) => html`<lesson-embedding .lesson=${lesson}></lesson-embedding>`,
      },
      {
        id: 'place',
        title: 'Where do you put the word cell?',
        render: (lesson) => html`<lesson-place .lesson=${lesson}></lesson-place>`,
      },
      {
        id: 'context',
        title: 'Let the sentence decide',
        render: (lesson) => html`<lesson-context .lesson=${lesson}></lesson-context>`,
      },
      {
        id: 'others',
        title: 'What about the other words?',
        render: (lesson) => html`<lesson-others .lesson=${lesson}></lesson-others>`,
      },
      {
        id: 'heads',
        title: 'One head is not enough',
        render: (lesson) => html`<lesson-heads .lesson=${lesson}></lesson-heads>`,
      },
    ],
  },
  {
    title: 'The mathematics of attention',
    sections: [
      {
        id: 'similarity',
        title: 'How alike are two vectors?',
        render: (lesson) => html`<lesson-similarity .lesson=${lesson}></lesson-similarity>`,
      },
      {
        id: 'table',
        title: 'A table of similarities',
        render: (lesson) => html`<lesson-table .lesson=${lesson}></lesson-table>`,
      },
      {
        id: 'normalisation',
        title: 'Shares, by dividing',
        render: (lesson) => html`<lesson-normalisation .lesson=${lesson}></lesson-normalisation>`,
      },
      {
        id: 'softmax',
        title: 'Shares, by exponentials',
        render: (lesson) => html`<lesson-softmax .lesson=${lesson}></lesson-softmax>`,
      },
      {
        id: 'dilution',
        title: 'Zeros count',
        render: (lesson) => html`<lesson-dilution .lesson=${lesson}></lesson-dilution>`,
      },
      {
        id: 'result',
        title: 'The result, and again, and again',
        render: (lesson) => html`<lesson-result .lesson=${lesson}></lesson-result>`,
      },
      {
        id: 'steps',
        title: 'All of it at once',
        render: (lesson) => html`<lesson-steps .lesson=${lesson}></lesson-steps>`,
      },
      {
        id: 'model',
        title: 'Inside encoder and decoder',
        render: (lesson) => html`<lesson-model .lesson=${lesson}></lesson-model>`,
      },
      {
        id: 'timeline',
        title: 'How it came about',
        render: (lesson) => html`<lesson-timeline .lesson=${lesson}></lesson-timeline>`,
      },
    ],
  },
];

export const sections: readonly Section[] = chapters.flatMap((chapter) => chapter.sections);
