import type { CandidateResult } from '../src/attention/tuning/choices';
import { formatMs, formatRatio } from '../src/bench/format';
import type { TunedClass } from '../src/bench/tuning';

/** Class by class, an aligned line for each candidate: its time, also as a multiple of the winner's. */
export function tuneTable(classes: readonly TunedClass[]): string {
  const rows = classes.map((tuned) => tuned.candidates.map((each) => rowOf(each, tuned)));
  const all = [COLUMNS, ...rows.flat()];
  const widths = COLUMNS.map((_, i) => Math.max(...all.map((row) => row[i].length)));
  const line = (row: readonly string[]) => {
    const cells = row.map((text, i) =>
      isNumber(i) ? text.padStart(widths[i]) : text.padEnd(widths[i]),
    );
    return `  ${cells.join('  ')}`.trimEnd();
  };
  const blocks = classes.map(({ shapeClass, caseName, remembered }, i) => {
    const title = `${shapeClass}, as ${caseName}${remembered ? ' (remembered)' : ''}`;
    return [title, ...rows[i].map(line), ''];
  });
  return `${[line(COLUMNS), ...blocks.flat(), summary(classes)].join('\n')}\n`;
}

const COLUMNS = ['kernel', 'time', 'of winner’s', 'compiling', 'remarks'];
const isNumber = (column: number): boolean => column > 0 && column < COLUMNS.length - 1;

function rowOf(candidate: CandidateResult, { candidates, winner, usual }: TunedClass): string[] {
  const { name, ms, verified, compileMs, message } = candidate;
  const best = candidates.find((each) => each.name === winner)?.ms;
  // Who was given up has an estimate.
  const about = verified ? '' : '~';
  return [
    name,
    ms === null ? '' : `${about}${formatMs(ms)}`,
    ms === null || !best ? '' : `${about}${formatRatio(ms / best)}×`,
    compileMs === null ? '' : formatMs(compileMs),
    [
      ...(name === winner ? [winner === usual ? 'winner, as by rule' : 'winner'] : []),
      ...(name === usual && winner !== usual ? ['by rule'] : []),
      ...(ms === null ? [candidate.status === 'wrong' ? 'WRONG' : candidate.status] : []),
      ...(message ? [message.replaceAll(/\s+/g, ' ')] : []),
    ].join(' · '),
  ];
}

function summary(classes: readonly TunedClass[]): string {
  const same = classes.filter(({ winner, usual }) => winner === usual).length;
  return `The plan's rules pick the winner in ${same} of ${classes.length} classes.`;
}
