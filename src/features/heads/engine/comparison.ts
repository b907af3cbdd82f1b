import { LatestTask, type TaskContext, type TaskHost } from '../../../async/latest-task';
import type { WeightMap } from '../../../attention/maps/weight-map';
import { sameControls, type HeadControls } from '../model/controls';
import { differenceMap, largestDifference, type LargestDifference } from '../model/difference';
import type { CompareWith } from '../model/state';
import type { HeadMaps, MapBackend } from './map-backend';
import type { HeadsResult } from './result';
import { SelectedHead } from './selected-head';

export interface ComparisonSide {
  readonly compare: Exclude<CompareWith, 'none'>;
  readonly index: number;
  readonly controls: HeadControls;
}

interface ComparisonRequest {
  readonly result: HeadsResult;
  readonly a: SelectedHead;
  readonly side: ComparisonSide;
}

export interface ComparedMaps extends ComparisonRequest {
  readonly b: SelectedHead;
  readonly difference: WeightMap;
}

interface DifferenceSearch {
  readonly fraction: number;
  readonly largest?: LargestDifference;
}

export class HeadComparison {
  /** Maps of the other side, where they are not the page's. */
  #ownMaps: HeadMaps | null = null;
  readonly task: LatestTask<ComparisonRequest, ComparedMaps>;
  readonly search: LatestTask<ComparedMaps, DifferenceSearch>;

  constructor(
    host: TaskHost,
    private readonly backends: Readonly<Record<'gpu' | 'cpu', MapBackend>>,
  ) {
    this.task = new LatestTask(host, (request, context) => this.#prepare(request, context), {
      isSame: isSameRequest,
    });
    this.search = new LatestTask(host, async ({ a, b }, { signal, publish }) => {
      const onProgress = (fraction: number) => publish({ fraction });
      onProgress(0);
      const largest = await largestDifference(a.map, b.map, { signal, onProgress });
      publish({ fraction: 1, largest });
    });
  }

  /** Null until there is something to compare, and where that failed. */
  get compared(): ComparedMaps | null {
    return this.task.error === null ? this.task.value : null;
  }

  end(): void {
    this.search.reset();
    this.task.reset();
    this.#keepMaps(null);
  }

  findLargest(): void {
    if (this.search.error !== null) this.search.retry();
    else if (this.compared) this.search.run(this.compared);
  }

  async #prepare(
    request: ComparisonRequest,
    { signal, publish }: TaskContext<ComparedMaps>,
  ): Promise<void> {
    this.search.reset();
    const { result, a, side } = request;
    const { source, backend } = result;
    let maps: HeadMaps | null = null;
    if (side.compare === 'cpu') {
      maps = await this.backends.cpu.prepare(source, side.controls, signal);
    } else if (side.compare !== 'head') {
      maps =
        result.maps.with(side.controls) ??
        (await this.backends[backend].prepare(source, side.controls, signal));
    }
    const b = new SelectedHead(maps ?? result.maps, source, side.index);
    publish({ ...request, b, difference: differenceMap(a.map, b.map) });
    this.#keepMaps(maps);
  }

  #keepMaps(maps: HeadMaps | null): void {
    const before = this.#ownMaps;
    this.#ownMaps = maps;
    // Elements read the old maps until they have rendered with the new ones.
    if (before) setTimeout(() => before.destroy());
  }
}

const isSameRequest = (a: ComparisonRequest, b: ComparisonRequest): boolean =>
  a.a === b.a &&
  a.side.compare === b.side.compare &&
  a.side.index === b.side.index &&
  sameControls(a.side.controls, b.side.controls);
