import { scaleLinear } from 'd3-scale';
import { nothing, svg } from 'lit';
import { axisHandle } from '../../../../ui/interaction/axis-handle';
import {
  timeline,
  eras,
  FIRST_YEAR,
  LAST_YEAR,
  describeYear,
  representationAt,
} from './milestones';

interface YearAxis {
  /** In pixels. */
  readonly width: number;
  readonly year: number;
  /** The hovered term of the prose: an era's representation. */
  readonly hovered: string;
  readonly move: (year: number) => void;
  readonly settle: () => void;
}

const SIDE = 30;
const BAND = 52;
const HEIGHT = 104;
/** Of an era's name: narrower eras have none. */
const LETTER_WIDTH = 7.2;

const MILESTONE_YEARS = timeline.map(({ year }) => year);

/** Years to pixels of an axis of this width. */
export const yearScale = (width: number) =>
  scaleLinear([FIRST_YEAR, LAST_YEAR], [SIDE, width - SIDE]).clamp(true);

/** Forty years with their eras and milestones, and a handle for the year. */
export function renderYearAxis({ width, year, hovered, move, settle }: YearAxis) {
  const x = yearScale(width);
  return svg`
    <svg font-size="13" viewBox="0 0 ${width} ${HEIGHT}" role="group" aria-label="Years">
      <g aria-hidden="true">
        ${eras.map(({ representation, from, to, name }) => {
          const eraWidth = x(to) - x(from);
          const isCurrent = representation === representationAt(year);
          const fits = eraWidth > name.length * LETTER_WIDTH;
          return svg`
            <rect
              fill=${isCurrent ? 'color-mix(in oklab, var(--accent) 20%, var(--paper))' : 'var(--surface)'}
              stroke=${hovered === representation ? 'var(--accent)' : nothing}
              stroke-width="2"
              x=${x(from)}
              y=${BAND}
              width=${eraWidth - 2}
              height="26"
            />
            <text
              class=${isCurrent ? '' : 'soft-fill'}
              font-weight=${isCurrent ? 600 : nothing}
              x=${x(from) + eraWidth / 2}
              y=${BAND + 17}
              text-anchor="middle"
            >${fits ? name : ''}</text>
          `;
        })}
        ${[1980, 1990, 2000, 2010, 2020].map(
          (one) =>
            svg`<text class="soft-fill" x=${x(one)} y=${HEIGHT - 8} text-anchor="middle">${one}</text>`,
        )}
        ${timeline.map(
          ({ year: at, deck }) =>
            svg`<circle cx=${x(at)} cy=${BAND - 8} r="4.5" fill=${deck === null ? 'var(--paper)' : 'var(--ink)'} stroke="var(--ink)" stroke-width="1.5" />`,
        )}
      </g>
      <g font-weight="600">
        ${axisHandle({
          scale: x,
          value: year,
          stops: MILESTONE_YEARS,
          label: 'Year',
          valueText: describeYear(year),
          text: year,
          pillWidth: 56,
          y: 16,
          bottom: BAND + 26,
          width,
          move,
          settle,
        })}
      </g>
    </svg>
  `;
}
