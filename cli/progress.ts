import type { BenchmarkEvent, BenchmarkProgress } from '../src/bench/report';
import { formatSeconds, stageLabels } from '../src/bench/format';
import type { Report } from '../src/bench/report';

/** " 12% timing flash on 1·8·256·64, about 40 s left" */
export function progressLine(progress: BenchmarkProgress, report: Report | null): string {
  const { stage, caseIndex, contestant, fraction, secondsLeft } = progress;
  const name = report?.cases[caseIndex]?.name;
  const percent = `${Math.floor(fraction * 100)}%`.padStart(4);
  const what = `${stageLabels[stage]}${contestant ? ` ${contestant}` : ''}${name ? ` on ${name}` : ''}`;
  return `${percent} ${what}${secondsLeft === null ? '' : `, about ${formatSeconds(secondsLeft)} left`}`;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Prints progress: on a terminal one line, overwritten; elsewhere one line per case and implementation. */
export function progressPrinter(stream: Stream) {
  let report: Report | null = null;
  const printed = new Set<string>();
  return {
    show(event: BenchmarkEvent): void {
      if (event.type !== 'progress') {
        report = event.report;
        return;
      }
      const { progress } = event;
      const line = progressLine(progress, report);
      if (stream.isTTY) {
        stream.write(`\r\x1b[K${line.slice(0, (stream.columns ?? 80) - 1)}`);
        return;
      }
      // Implementations take turns: only the first turn is printed.
      const part = `${progress.caseIndex} ${progress.contestant}`;
      if (!printed.has(part)) stream.write(`${line}\n`);
      printed.add(part);
    },
    clear(): void {
      if (stream.isTTY) stream.write('\r\x1b[K');
    },
  };
}
