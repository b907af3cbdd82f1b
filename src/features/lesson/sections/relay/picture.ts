import { css, nothing, svg } from 'lit';
import { styled } from '../../../../ui/styled';

interface RelayStep {
  readonly name: string;
  readonly description: string;
}

/** From a signal outside to a gene that is read. Simplified: helpers between the steps are left out. */
export const relaySteps: readonly RelayStep[] = [
  { name: 'At rest', description: 'Nothing has arrived: the receptor in the membrane is empty.' },
  {
    name: 'A signal binds',
    description:
      'A signal molecule binds to the receptor, on the outside. It goes no farther than this.',
  },
  {
    name: 'The receptor answers inside',
    description: 'The receptor’s inner end changes, and a first kinase is switched on.',
  },
  {
    name: 'Kinase 1 switches on kinase 2',
    description: 'The first kinase attaches a phosphate, P, to the second, which is then on too.',
  },
  {
    name: 'Kinase 2 switches on kinase 3',
    description:
      'The second does the same to the third. One kinase serves many of the next: the signal grows.',
  },
  {
    name: 'Kinase 3 enters the nucleus',
    description: 'The third kinase goes where the signal never could: into the nucleus.',
  },
  {
    name: 'A gene is read',
    description:
      'There it sets off the reading of a gene. A molecule arrived; a copy of a gene leaves.',
  },
];

const WIDTH = 400;
const HEIGHT = 430;

const KINASES = [
  { name: '1', x: 120, y: 158 },
  { name: '2', x: 220, y: 196 },
  { name: '3', x: 130, y: 242 },
] as const;

export const renderRelay = (step: number) => svg`
  <svg class="relay" font-size="14" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="relay-caption">
    <text class="soft-fill" x="4" y="20">outside</text>
    <text class="soft-fill" x="4" y="128">inside</text>
    <path class="edge" d="M0 88Q200 68 340 88M0 98Q200 78 340 98" />
    <ellipse fill="var(--surface)" stroke="var(--edge)" stroke-width="2" stroke-dasharray="6 4" cx="170" cy="356" rx="166" ry="62" />
    <text class="soft-fill" x="4" y="304">nucleus</text>
    ${receptor(step)} ${arrows(step)}
    ${KINASES.map((kinase, i) => renderKinase(kinase, step >= i + 2, i === 2 && step >= 5))}
    ${gene(step >= 6)}
    ${moving(
      step >= 1 ? [170, 44] : [40, 44],
      svg`
      <path fill="var(--series-6)" d="M0 -13L13 0L0 13L-13 0Z" />
    `,
    )}
    <text class="label" x=${step >= 1 ? 192 : 62} y="48">signal</text>
    ${bracket(70, 262, 'encode', step >= 1 && step <= 4)}
    ${bracket(296, 416, 'decode', step >= 5)}
  </svg>
`;

const moving = ([x, y]: readonly [number, number], drawing: unknown) => svg`
  <g class="moving" ${styled({ transform: `translate(${x}px, ${y}px)` })}>${drawing}</g>
`;

const receptor = (step: number) => svg`
  <g class="receptor ${step >= 1 ? 'on' : ''}">
    <path class="part" d="M154 50l16 16l16 -16v14l-10 12v22h-12v-22l-10 -12Z" />
    <rect class="${step >= 2 ? 'part on' : 'part'}" x="159" y="98" width="22" height="20" rx="5" />
  </g>
  <text class="label" x="192" y="114">receptor</text>
`;

const renderKinase = (
  { name, x, y }: (typeof KINASES)[number],
  isOn: boolean,
  isInNucleus: boolean,
) =>
  moving(
    isInNucleus ? [90, 340] : [x, y],
    svg`
      <g class="kinase ${isOn ? 'on' : ''}">
        <circle class="part" r="22" />
        <text y="5" text-anchor="middle">${name}</text>
        <g class="appears">
          <circle cx="19" cy="-17" r="10" fill="var(--series-3)" />
          <text fill="var(--paper)" x="19" y="-13" text-anchor="middle" font-size="12" font-weight="650">P</text>
        </g>
      </g>
    `,
  );

/** Each step's activation, shown once it has happened. */
const arrows = (step: number) =>
  ['M160 120L138 138', 'M143 166L196 186', 'M200 210L154 230', 'M122 266L98 310'].map(
    (path, i) =>
      svg`<path stroke="var(--series-1)" stroke-width="2" stroke-dasharray="3 4" class="appears ${step >= i + 2 ? 'on' : ''}" d=${path} />`,
  );

const gene = (isRead: boolean) => svg`
  <g class="gene ${isRead ? 'on' : ''}">
    <path class="edge" d="M70 368H270M70 376H270" />
    <rect class="part" x="130" y="364" width="80" height="16" rx="3" />
    <text x="170" y="396" text-anchor="middle">gene</text>
    <path class="appears" fill="none" stroke="var(--series-5)" stroke-width="3" d="M210 352q10 -14 20 0t20 0t20 0t20 0" />
  </g>
`;

const bracket = (from: number, to: number, name: string, isOn: boolean) => svg`
  <g font-weight=${isOn ? 600 : nothing}>
    <path fill="none" stroke=${isOn ? 'var(--accent)' : 'var(--edge)'} stroke-width="2" d="M352 ${from}h8V${to}h-8" />
    <text fill=${isOn ? 'var(--accent)' : 'var(--ink-soft)'} transform="translate(376 ${(from + to) / 2}) rotate(90)" text-anchor="middle">${name}</text>
  </g>
`;

export const relayStyles = css`
  .relay {
    max-width: 27rem;
  }

  .relay .label,
  .moving {
    transition: all 700ms ease-in-out;
  }

  .part {
    fill: var(--paper);
    stroke: var(--edge);
    stroke-width: 2;
    transition: fill 500ms;
  }

  .on > .part,
  .part.on {
    fill: color-mix(in oklab, var(--series-1) 30%, var(--paper));
    stroke: var(--series-1);
  }

  .appears {
    opacity: 0;
    transition: opacity 500ms;
  }

  .on > .appears,
  .appears.on {
    opacity: 1;
  }
`;
