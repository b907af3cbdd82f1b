import { css, svg } from 'lit';
import { axisHandle, valueByKey } from '../../../../ui/interaction/axis-handle';
import {
  timeline,
  eras,
  FIRST_YEAR,
  LAST_YEAR,
  MILESTONE_YEARS,
  yearFraction,
  describeYear,
  yearAt,
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

/** Forty years with their eras and milestones, and a handle for the year. */
export function renderYearAxis({ width, year, hovered, move, settle }: YearAxis) {
  const x = (one: number) => SIDE + (width - 2 * SIDE) * yearFraction(one);
  return svg`
    <svg class="years" font-size="13" viewBox="0 0 ${width} ${HEIGHT}" role="group" aria-label="Years">
      <g aria-hidden="true">
        ${eras.map(({ representation, from, to, name }) => {
          const eraWidth = x(to) - x(from);
          const isCurrent = year >= from && (year < to || to === LAST_YEAR);
          const fits = eraWidth > name.length * LETTER_WIDTH;
          return svg`
            <g class="era ${isCurrent ? 'current' : ''} ${hovered === representation ? 'hovered' : ''}">
              <rect x=${x(from)} y=${BAND} width=${eraWidth - 2} height="26" />
              <text x=${x(from) + eraWidth / 2} y=${BAND + 17} text-anchor="middle">${fits ? name : ''}</text>
            </g>
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
      ${axisHandle({
        x: x(year),
        y: 16,
        label: 'Year',
        min: FIRST_YEAR,
        max: LAST_YEAR,
        value: Math.min(LAST_YEAR, Math.max(FIRST_YEAR, year)),
        valueText: describeYear(year),
        drawing: svg`
          <path class="down" d="M0 15V${BAND + 10}" />
          <rect class="pill" x="-28" y="-15" width="56" height="30" rx="6" />
          <text y="5" text-anchor="middle" font-size="15" font-weight="600">${year}</text>
        `,
        fromX: (at) => yearAt((at - SIDE) / (width - 2 * SIDE)),
        byKey: (key) => valueByKey(key, year, FIRST_YEAR, LAST_YEAR, MILESTONE_YEARS),
        move,
        settle,
      })}
    </svg>
  `;
}

export const yearAxisStyles = css`
  .era {
    --fill: var(--surface);
    --name-color: var(--ink-soft);
  }

  .era.current {
    --fill: color-mix(in oklab, var(--accent) 20%, var(--paper));
    --name-color: var(--ink);

    font-weight: 600;
  }

  .era rect {
    fill: var(--fill);
  }

  .years .era text {
    fill: var(--name-color);
  }

  .era.hovered rect {
    stroke: var(--accent);
    stroke-width: 2;
  }
`;
