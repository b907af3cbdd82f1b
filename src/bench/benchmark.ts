import { sum } from 'd3-array';
import { errorMessage } from '../async/error-message';
import { DeviceLostError, GpuUnavailableError } from '../webgpu/errors';
import type { Gpu } from '../webgpu/device';
import { calibrate } from './calibrate';
import { type CaseContext, CaseRun, GUESSED_RATE, addSteps } from './case-run';
import { isKernel, pendingCase } from './case';
import { readDeviceReport } from './device-report';
import { type Environment, browserEnvironment } from './environment';
import { kernelsUnavailable } from './gpu-case';
import { casesOf } from './presets';
import { Recorder } from './recorder';
import type { BenchmarkEvent, BenchmarkStage, Report } from './report';
import { measureCeilings } from './roofline/measure';
import { Schedule, type UpdateProgress } from './schedule';
import type { Settings } from './settings';
import { type SizedCase, sizeCases } from './sizing';

export interface BenchmarkOptions {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: BenchmarkEvent) => void;
  readonly environment?: Environment;
}

/** Share of the budget for kernels; the rest is for inputs, reference and CPU implementations. */
const KERNEL_SHARE = 0.6;
/** Where several cases have fixed shapes, each implementation has at least this long, however long the checks took. */
const MIN_SECONDS_PER_IMPLEMENTATION = 0.5;
/** In software, shader compilation included; a GPU takes less than half of it. */
const SECONDS_FOR_CEILINGS = 2;
/**
 * Runs one benchmark to its end and resolves with the report. It rejects only on a programming error:
 * cancellation, a lost device, a crashed worker or a shape that does not fit are states of the report.
 */
export async function runBenchmark(
  settings: Settings,
  options: BenchmarkOptions = {},
): Promise<Report> {
  const { onEvent = () => {}, environment = browserEnvironment } = options;
  const signal = options.signal ?? new AbortController().signal;
  const recorder = new Recorder(settings, onEvent);
  const schedule = new Schedule((progress) => onEvent({ type: 'progress', progress }));
  const cpu = environment.createCpuWorkers();
  try {
    signal.throwIfAborted();
    const gpu = await schedule.run(schedule.add(0.5), outsideCases('device'), () =>
      openDevice(environment, recorder),
    );
    const { memoryBytes } = environment;
    await runCases({ settings, gpu, cpu, memoryBytes, recorder, schedule, signal });
    return recorder.finish('complete');
  } catch (error) {
    if (signal.aborted) return recorder.finish('cancelled', 'Cancelled. Results so far are kept.');
    return recorder.finish('failed', failureMessage(error));
  } finally {
    cpu.destroy();
  }
}

const outsideCases = (stage: BenchmarkStage) => ({ stage, caseIndex: -1, contestant: null });

/** The device, or null where there is none: then only the CPU implementations run. */
async function openDevice(environment: Environment, recorder: Recorder): Promise<Gpu | null> {
  try {
    const gpu = await environment.devices.acquire();
    recorder.update({ device: await readDeviceReport(gpu) });
    return gpu;
  } catch (error) {
    if (!(error instanceof GpuUnavailableError)) throw error;
    recorder.update({ message: `${error.message} Only the CPU implementations run.` });
    return null;
  }
}

async function runCases(context: CaseContext): Promise<void> {
  const { settings, recorder, schedule } = context;
  const start = performance.now();
  const { cases, rates, sized } = await planCases(context);
  const pending = cases.map(({ benchmarkCase, sizedFrom }) =>
    pendingCase(benchmarkCase, settings.contestants, context.gpu, sizedFrom),
  );
  recorder.update({ cases: pending });
  const steps = cases.map(({ benchmarkCase }) => addSteps(context, benchmarkCase, rates));
  const ceilings = schedule.add(SECONDS_FOR_CEILINGS);
  for (const [i, { benchmarkCase }] of cases.entries()) {
    const timeToMeasure = () => {
      const elapsed = (performance.now() - start) / 1000;
      const later = sum(steps.slice(i + 1), ({ overhead }) => overhead);
      const weights = sum(steps.slice(i), ({ weight }) => weight);
      const left = (Math.max(0, settings.budget - elapsed - later) * steps[i].weight) / weights;
      // A single case has the whole budget; several share it, but each has a minimum.
      return sized || cases.length === 1
        ? left
        : Math.max(left, MIN_SECONDS_PER_IMPLEMENTATION * settings.contestants.length);
    };
    await new CaseRun(context, i, benchmarkCase, steps[i]).run(timeToMeasure);
    // After the first result, which the user waits for; and only if there is one.
    const isTimed = recorder.report.cases[i].entries.some(({ timing }) => timing);
    if (ceilings.done || !isTimed) continue;
    const measure = (update: UpdateProgress) => measureCeilings(context, update);
    recorder.setCeilings(await schedule.run(ceilings, outsideCases('ceilings'), measure));
  }
  schedule.skip(ceilings);
}

/** The cases to run. The lengths of a suite are fitted to the budget by a quick measurement. */
async function planCases(context: CaseContext) {
  const { settings, gpu, cpu, schedule, signal, memoryBytes, recorder } = context;
  const { dtype } = settings;
  const { cases, sized } = casesOf(settings);
  const names = settings.contestants.filter(isKernel);
  if (!sized || !gpu || kernelsUnavailable(gpu, dtype) || names.length === 0) {
    const rate = recorder.report.device?.software ? GUESSED_RATE.software : GUESSED_RATE.hardware;
    const rates = new Map(names.map((name) => [name, rate]));
    return { cases: cases.map((one): SizedCase => ({ benchmarkCase: one })), rates, sized };
  }
  const rates = await schedule.run(schedule.add(3), outsideCases('sizing'), () =>
    calibrate(gpu, cpu, names, dtype, signal),
  );
  const seconds = settings.budget * KERNEL_SHARE;
  const options = { seconds, rates: [...rates.values()], memoryBytes };
  return { cases: sizeCases(cases, options), rates, sized };
}

function failureMessage(error: unknown): string {
  const next =
    error instanceof DeviceLostError ? 'the next run opens a new device' : 'you can run again';
  return `${errorMessage(error)} Results so far are kept; ${next}.`;
}
