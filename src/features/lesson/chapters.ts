import { cipherSection } from './sections/cipher/index';
import { contextSection } from './sections/context/index';
import { dilutionSection } from './sections/dilution/index';
import { embeddingSection } from './sections/embedding/index';
import { headsSection } from './sections/heads/index';
import { memorySection } from './sections/memory/index';
import { modelSection } from './sections/model/index';
import { normalisationSection } from './sections/normalisation/index';
import { othersSection } from './sections/others/index';
import { placeSection } from './sections/place/index';
import { relaySection } from './sections/relay/index';
import { resultSection } from './sections/result/index';
import { sequencesSection } from './sections/sequences/index';
import { similaritySection } from './sections/similarity/index';
import { softmaxSection } from './sections/softmax/index';
import { stepsSection } from './sections/steps/index';
import { tableSection } from './sections/table/index';
import { timelineSection } from './sections/timeline/index';
import type { Section } from './parts/section';

export interface Chapter {
  readonly title: string;
  readonly sections: readonly Section[];
}

/** The essay. A new section is a folder and a line here. */
export const chapters: readonly Chapter[] = [
  {
    title: 'Sequence to sequence',
    sections: [sequencesSection, cipherSection, relaySection, memorySection],
  },
  {
    title: 'Why attention',
    sections: [embeddingSection, placeSection, contextSection, othersSection, headsSection],
  },
  {
    title: 'The mathematics of attention',
    sections: [
      similaritySection,
      tableSection,
      normalisationSection,
      softmaxSection,
      dilutionSection,
      resultSection,
      stepsSection,
      modelSection,
      timelineSection,
    ],
  },
];

export const sections: readonly Section[] = chapters.flatMap((chapter) => chapter.sections);
