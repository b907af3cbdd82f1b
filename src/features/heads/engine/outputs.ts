import { LatestTask, type TaskContext, type TaskHost } from '../../../async/latest-task';
import type { ValueGrid } from '../../../ui/heat-map/colors';
import { memoizeLast } from '../../../ui/memoize-last';
import type { PrincipalComponents } from '../model/pca';
import { rangesOfHead, type HeadsSource } from '../model/source';
import type { HeadsState } from '../model/state';
import { openCpuWorker } from './cpu-backend';
import type { HeadMaps } from './map-backend';
import type { HeadsResult } from './result';

/** Outputs of one head, or of all heads side by side: a row for each token. */
export interface OutputSet extends ValueGrid {
  readonly id: string;
  readonly name: string;
  readonly rowTokens: readonly string[];
}

interface OutputsRequest {
  readonly result: HeadsResult;
  readonly layer: number;
  readonly head: number;
  readonly pointSource: HeadsState['points'];
}

interface OutputsValue {
  readonly maps: HeadMaps;
  /** One a head of the layer, and all of them side by side; none without values. */
  readonly sets: readonly OutputSet[];
  readonly points: (PrincipalComponents & Pick<OutputsRequest, 'pointSource'>) | null;
}

/** Values of the matrix of all heads side by side: a larger one would be copied for seconds. */
const MAX_JOINED_VALUES = 2 ** 24;

export class Outputs {
  readonly task: LatestTask<OutputsRequest, OutputsValue>;
  #computed: { readonly maps: HeadMaps; readonly values: Float32Array } | null = null;
  #setsOf = memoizeLast(outputSets);
  /** Analyses matrices; terminated when that is aborted, as it cannot be interrupted. */
  #worker = openCpuWorker('terminate');

  constructor(host: TaskHost) {
    this.task = new LatestTask(host, (request, context) => this.#compute(request, context), {
      isSame: (a, b) =>
        a.result.maps === b.result.maps &&
        a.layer === b.layer &&
        a.head === b.head &&
        a.pointSource === b.pointSource,
    });
  }

  /** After a failure, outputs of other maps are not shown. */
  get shown(): OutputsValue | null {
    const { error, value, request } = this.task;
    return error === null || value?.maps === request?.result.maps ? value : null;
  }

  forget(): void {
    this.task.reset();
    this.#computed = null;
    this.#setsOf = memoizeLast(outputSets);
  }

  async #compute(
    { result, layer, head, pointSource }: OutputsRequest,
    { signal, publish }: TaskContext<OutputsValue>,
  ): Promise<void> {
    const { maps, source } = result;
    if (source.value && this.#computed?.maps !== maps) {
      this.#computed = { maps, values: await maps.outputs({ signal }) };
    }
    const outputs = source.value ? this.#computed!.values : null;
    const sets = outputs ? this.#setsOf(source, outputs, layer) : [];
    publish({ maps, sets, points: this.task.value?.points ?? null });
    const rows = pointRows(source, outputs, layer, head, pointSource);
    if (!rows) return publish({ maps, sets, points: null });
    if (this.#worker.hasStopped) this.#worker = openCpuWorker('terminate');
    const options = { signal, transfer: [rows.values.buffer] };
    const components = await this.#worker.call('components', rows, options);
    publish({ maps, sets, points: { ...components, pointSource } });
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

/** A copy of the rows that are drawn as points, `size` values each: outputs, or queries and then keys. */
function pointRows(
  source: HeadsSource,
  outputs: Float32Array | null,
  layer: number,
  head: number,
  pointSource: HeadsState['points'],
): { readonly values: Float32Array<ArrayBuffer>; readonly size: number } | null {
  const { heads, queryLength, headSize, valueSize } = source;
  if (pointSource === 'outputs') {
    const length = queryLength * valueSize;
    const start = (layer * heads + head) * length;
    return outputs && { values: outputs.slice(start, start + length), size: valueSize };
  }
  const ranges = rangesOfHead(source, layer, head);
  const queries = source.query.subarray(...ranges.query);
  const keys = source.key.subarray(...ranges.key);
  const values = new Float32Array(queries.length + keys.length);
  values.set(queries);
  values.set(keys, queries.length);
  return { values, size: headSize };
}
