import { formatSigned } from './signed-map';

/** Points of a plane, what each is called, and of which kind it is. */
export class PointCloud {
  /**
   * @param points n × 2: first and second coordinate of each
   * @param labels One a point.
   * @param kinds One a point, from 0; all of kind 0 without.
   */
  constructor(
    readonly points: Float32Array,
    readonly labels: readonly string[],
    readonly kinds: ArrayLike<number> | undefined,
    readonly kindNames: readonly string[],
  ) {}

  get count(): number {
    return this.points.length / 2;
  }

  /** What is wrong with what was given; null where nothing is. */
  get problem(): string | null {
    const { points, labels, kinds, count } = this;
    if (points.length % 2) return `points has ${points.length} values: two a point are needed.`;
    if (labels.length !== count) return `labels has ${labels.length} texts for ${count} points.`;
    if (kinds && kinds.length !== count) {
      return `kinds has ${kinds.length} numbers for ${count} points.`;
    }
    return null;
  }

  /** Points that are not finite. */
  get strange(): number {
    let strange = 0;
    for (let i = 0; i < this.count; i++) strange += Number(!this.isFinite(i));
    return strange;
  }

  /** Whether kinds are told apart. */
  get hasKinds(): boolean {
    return this.kindNames.length > 1;
  }

  isFinite(i: number): boolean {
    return Number.isFinite(this.points[2 * i]) && Number.isFinite(this.points[2 * i + 1]);
  }

  kindName(i: number): string {
    return this.kindNames[this.kinds?.[i] ?? 0] ?? '';
  }

  /** "guard, queries (6 of 40): 0.1234, −1.200" */
  tell(i: number): string {
    const kind = this.hasKinds ? `, ${this.kindName(i)}` : '';
    const place = [0, 1].map((axis) => formatSigned(this.points[2 * i + axis])).join(', ');
    return `${this.labels[i]}${kind} (${i + 1} of ${this.count}): ${place}`;
  }
}

/** Where a key leads from a point, in their order; null for keys that lead nowhere. */
export function pointAfterKey(key: string, here: number, count: number): number | null {
  const last = count - 1;
  if (key === 'ArrowLeft' || key === 'ArrowUp') return Math.max(0, here - 1);
  if (key === 'ArrowRight' || key === 'ArrowDown') return Math.min(last, here + 1);
  if (key === 'Home') return 0;
  return key === 'End' ? last : null;
}
