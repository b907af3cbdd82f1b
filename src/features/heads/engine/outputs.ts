import { LatestTask, type TaskContext, type TaskHost } from '../../../async/latest-task';
import type { ValueGrid } from '../../../ui/heat-map/colors';
import type { PrincipalComponents } from '../model/pca';
import type { HeadsSource } from '../model/source';
import type { HeadsState } from '../model/state';
import { openCpuWorker } from './cpu-backend';
import type { HeadMaps } from './map-backend';
import type { HeadsResult } from './result';

export type PointSource = HeadsState['points'];

/** Outputs of one head, or of all heads side by side: a row for each token. */
export interface OutputSet extends ValueGrid {
  readonly id: string;
  readonly name: string;
  readonly rowTokens: readonly string[];
}

export interface OutputsRequest {
  readonly result: HeadsResult;
  readonly layer: number;
  readonly head: number;
  readonly pointSource: PointSource;
}

export interface HeadPoints extends PrincipalComponents {
  readonly pointSource: PointSource;
}

interface OutputsValue {
  /** One a head of the layer, and all of them side by side; none without values. */
  readonly sets: readonly OutputSet[];
  readonly points: HeadPoints | null;
}

/** Values of the matrix of all heads side by side: a larger one would be copied for seconds. */
const MAX_JOINED_VALUES = 2 ** 24;

/** Outputs of a result's heads, computed when they are shown, and their principal components. */
export class Outputs {
  /** Outputs of the maps that they were computed from, and of one layer's heads. */
  #all: { readonly maps: HeadMaps; readonly values: Float32Array } | null = null;
  #sets: { readonly maps: HeadMaps; readonly layer: number; readonly sets: OutputSet[] } | null =
    null;
  /** Analyses matrices; terminated when that is aborted, as it cannot be interrupted. */
  #worker = openCpuWorker('terminate');
  readonly #task: LatestTask<OutputsRequest, OutputsValue>;

  constructor(host: TaskHost) {
    this.#task = new LatestTask(host, (request, context) => this.#compute(request, context), {
      isSame: (a, b) =>
        a.result.maps === b.result.maps &&
        a.layer === b.layer &&
        a.head === b.head &&
        a.pointSource === b.pointSource,
    });
  }

  get sets(): readonly OutputSet[] {
    return this.#shown?.sets ?? [];
  }

  get points(): HeadPoints | null {
    return this.#shown?.points ?? null;
  }

  get isRunning(): boolean {
    return this.#task.isRunning;
  }

  get message(): string {
    return this.#task.message;
  }

  /** Computes these outputs; null forgets all. */
  request(request: OutputsRequest | null): void {
    if (request) this.#task.run(request);
    else if (this.#task.request) {
      this.#task.reset();
      this.#all = null;
      this.#sets = null;
    }
  }

  retry(): void {
    this.#task.retry();
  }

  /** After a failure, outputs of other maps are not shown. */
  get #shown(): OutputsValue | null {
    const { error, value, request } = this.#task;
    return error === null || this.#sets?.maps === request?.result.maps ? value : null;
  }

  async #compute(
    { result, layer, head, pointSource }: OutputsRequest,
    { signal, publish }: TaskContext<OutputsValue>,
  ): Promise<void> {
    const { maps, source } = result;
    if (source.value && this.#all?.maps !== maps) {
      this.#all = { maps, values: await maps.outputs({ signal }) };
    }
    const values = this.#all?.maps === maps ? this.#all.values : null;
    if (!values) this.#sets = { maps, layer, sets: [] };
    else if (this.#sets?.maps !== maps || this.#sets.layer !== layer) {
      this.#sets = { maps, layer, sets: outputSets(source, values, layer) };
    }
    const { sets } = this.#sets!;
    publish({ sets, points: this.#task.value?.points ?? null });
    const { matrices, size } = pointMatrices(source, values, layer, head, pointSource);
    if (matrices.length === 0) return publish({ sets, points: null });
    if (this.#worker.hasStopped) this.#worker = openCpuWorker('terminate');
    const request = { matrices: matrices.map((matrix) => matrix.slice()), size };
    const transfer = request.matrices.map(({ buffer }) => buffer);
    const components = await this.#worker.call('components', request, { signal, transfer });
    publish({ sets, points: { ...components, pointSource } });
  }
}

function outputSets(source: HeadsSource, values: Float32Array, layer: number): OutputSet[] {
  const { heads, queryLength: rows, valueSize, queryTokens: rowTokens, headNames } = source;
  const size = rows * valueSize;
  const of = (head: number) => {
    const at = (layer * heads + head) * size;
    return values.subarray(at, at + size);
  };
  const sets: OutputSet[] = Array.from({ length: heads }, (_, head) => ({
    id: String(head),
    name: headNames[layer * heads + head],
    rows,
    columns: valueSize,
    values: of(head),
    rowTokens,
  }));
  if (heads === 1 || heads * size > MAX_JOINED_VALUES) return sets;
  const joined = new Float32Array(heads * size);
  for (let row = 0; row < rows; row++) {
    for (let head = 0; head < heads; head++) {
      const from = of(head).subarray(row * valueSize, (row + 1) * valueSize);
      joined.set(from, (row * heads + head) * valueSize);
    }
  }
  const name = 'all heads, side by side';
  return [
    ...sets,
    { id: 'all', name, rows, columns: heads * valueSize, values: joined, rowTokens },
  ];
}

/** Matrices whose rows are drawn as points, and the length of a row; none where there are no outputs. */
function pointMatrices(
  source: HeadsSource,
  outputs: Float32Array | null,
  layer: number,
  head: number,
  pointSource: PointSource,
): { readonly matrices: readonly Float32Array[]; readonly size: number } {
  const { heads, kvHeads, queryLength, keyLength, headSize, valueSize, query, key } = source;
  const part = (values: Float32Array, index: number, size: number) =>
    values.subarray(index * size, (index + 1) * size);
  const index = layer * heads + head;
  if (pointSource === 'outputs') {
    const matrices = outputs ? [part(outputs, index, queryLength * valueSize)] : [];
    return { matrices, size: valueSize };
  }
  const keyIndex = layer * kvHeads + Math.floor(head / (heads / kvHeads));
  const matrices = [
    part(query, index, queryLength * headSize),
    part(key, keyIndex, keyLength * headSize),
  ];
  return { matrices, size: headSize };
}
