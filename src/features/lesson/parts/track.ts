import { css } from 'lit';
import { styled } from '../../../ui/styled';

/** Bars on a track: `<i>` elements with a `span`, from one side of the track to the other. */
export const trackStyles = css`
  .track {
    position: relative;
  }

  .track i {
    position: absolute;
    inset-block: 0;
    left: calc(var(--from) * 100%);
    width: calc((var(--to) - var(--from)) * 100%);
  }

  /* A value to compare with. */
  .track .tick {
    inset-block: -0.2rem;
    width: 2px;
    background: var(--ink);
  }

  /* What should not be there, by a pattern too. */
  .track .outside {
    background: repeating-linear-gradient(135deg, var(--bad) 0 4px, transparent 4px 7px);
  }
`;

/** Stretches a bar between two fractions of its track. */
export const span = (from: number, to: number) =>
  styled({ '--from': String(from), '--to': String(to) });
