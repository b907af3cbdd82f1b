import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Latest } from '../../../async/latest';
import { principalComponents, type PrincipalComponents } from '../model/pca';
import type { HeadsSource } from '../model/source';
import type { HeadsState } from '../model/state';
import type { OutputSet } from '../view/output-comparison';
import type { HeadMaps } from './map-backend';
import type { HeadsResult } from './result';

/** What is drawn as points: the head's outputs, or its queries and keys together. */
export type PointSource = HeadsState['points'];

export interface OutputsRequest {
  readonly picture: HeadsResult;
  readonly layer: number;
  readonly head: number;
  readonly cloud: PointSource;
}

/** Values that one matrix of all heads side by side may have: more would be copied for seconds. */
const MAX_JOINED_VALUES = 2 ** 24;

/** Outputs of a picture's heads, computed when somebody looks, and their principal components. */
export class Outputs implements ReactiveController {
  /** One a head of the layer, and all of them side by side. */
  sets: readonly OutputSet[] = [];
  points: (PrincipalComponents & { readonly cloud: PointSource }) | null = null;
  fault = '';
  #wanted: OutputsRequest | null = null;
  #computed: { readonly of: HeadMaps; readonly values: Float32Array } | null = null;
  #sets: { readonly of: HeadMaps; readonly layer: number } | null = null;
  readonly #latest = new Latest<OutputsRequest>(
    (wanted, signal) => this.#compute(wanted, signal),
    (error, { picture }) => {
      this.fault = error instanceof Error ? error.message : String(error);
      // What is there may be of something else.
      if (this.#sets?.of !== picture.maps) this.#forget();
      this.host.requestUpdate();
    },
    0,
    () => this.host.requestUpdate(),
  );

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  get isRunning(): boolean {
    return this.#latest.isRunning;
  }

  /** Computes these; null lets go of what there is. The same request changes nothing. */
  request(wanted: OutputsRequest | null): void {
    const now = this.#wanted;
    const isSame =
      wanted?.picture.maps === now?.picture.maps &&
      wanted?.layer === now?.layer &&
      wanted?.head === now?.head &&
      wanted?.cloud === now?.cloud;
    if (isSame) return;
    this.#wanted = wanted;
    this.fault = '';
    if (wanted) this.#latest.request(wanted);
    else this.#clear();
  }

  /** What failed, once more. */
  retry(): void {
    this.fault = '';
    if (this.#wanted) this.#latest.request(this.#wanted);
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    this.request(null);
  }

  async #compute(wanted: OutputsRequest, signal: AbortSignal): Promise<void> {
    const { picture, layer, head, cloud } = wanted;
    const { maps, source } = picture;
    if (source.value && this.#computed?.of !== maps) {
      this.#computed = { of: maps, values: await maps.outputs({ signal }) };
    }
    const values = this.#computed?.of === maps ? this.#computed.values : null;
    if (values && (this.#sets?.of !== maps || this.#sets.layer !== layer)) {
      this.#sets = { of: maps, layer };
      this.sets = outputSets(source, values, layer);
      this.host.requestUpdate();
    }
    const { matrices, size } = pointMatrices(source, values, layer, head, cloud);
    const points =
      matrices.length > 0 ? await principalComponents(matrices, size, { signal }) : null;
    this.points = points && { ...points, cloud };
    this.host.requestUpdate();
  }

  #clear(): void {
    this.#latest.stop();
    this.#computed = null;
    this.#forget();
    this.host.requestUpdate();
  }

  #forget(): void {
    this.#sets = null;
    this.sets = [];
    this.points = null;
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

function pointMatrices(
  source: HeadsSource,
  outputs: Float32Array | null,
  layer: number,
  head: number,
  cloud: PointSource,
): { readonly matrices: readonly Float32Array[]; readonly size: number } {
  const { heads, kvHeads, queryLength, keyLength, headSize, valueSize, query, key } = source;
  const part = (values: Float32Array, index: number, size: number) =>
    values.subarray(index * size, (index + 1) * size);
  const index = layer * heads + head;
  if (cloud === 'outputs') {
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
