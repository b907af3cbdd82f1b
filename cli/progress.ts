import type { BenchmarkEvent, BenchmarkProgress, BenchmarkStage } from '../src/bench/report';
import { formatSeconds } from '../src/bench/format';
import type { Report } from '../src/bench/report';

const stages: Readonly<Record<BenchmarkStage, string>> = {
  device: 'opening the GPU',
  sizing: 'sizing the cases',
  inputs: 'making inputs',
  reference: 'computing the reference',
  compiling: 'compiling',
  verifying: 'verifying',
  warming: 'warming up',
  timing: 'timing',
  ceilings: 'measuring what the machine can do',
};

/** " 12% timing flash on 1·8·256·64, about 40 s left" */
export function progressLine(progress: BenchmarkProgress, report: Report | null): string {
  const { stage, caseIndex, contestant, fraction, secondsLeft } = progress;
  const name = report?.cases[caseIndex]?.name;
  const percent = `${Math.floor(fraction * 100)}%`.padStart(4);
  const what = `${stages[stage]}${contestant ? ` ${contestant}` : ''}${name ? ` on ${name}` : ''}`;
  return `${percent} ${what}${secondsLeft === null ? '' : `, about ${formatSeconds(secondsLeft)} left`}`;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Shows progress: one line written over on a terminal; elsewhere, one for what each case and contestant does first. */
export function progressPrinter(stream: Stream) {
  let report: Report | null = null;
  const told = new Set<string>();
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
      // Contestants take turns: only the first turn is news.
      const part = `${progress.caseIndex} ${progress.contestant}`;
      if (!told.has(part)) stream.write(`${line}\n`);
      told.add(part);
    },
    clear(): void {
      if (stream.isTTY) stream.write('\r\x1b[K');
    },
  };
}
