import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Matrix, type Vector, distance } from '../model/matrix';

const DURATION_MS = 500;
/** In units of the plane. Shorter moves follow a hand and are not animated. */
const SMALL_STEP = 0.35;

/**
 * Animates points to their targets. They jump where reduced motion is preferred, where they are other points than
 * before, and for small moves.
 */
export class PointTween implements ReactiveController {
  #from: Matrix = [];
  #to: Matrix = [];
  #name = '';
  #start = 0;
  #frame = 0;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** The current positions of the points that move to `target`; a new `name` means other points. */
  at(target: Matrix, name = ''): Matrix {
    if (name !== this.#name || target.length !== this.#to.length || prefersReducedMotion()) {
      this.#jump(target);
    } else if (farthest(this.#to, target) > 0) {
      this.#from = this.#current();
      this.#to = target;
      if (farthest(this.#from, target) <= SMALL_STEP) this.#jump(target);
      else this.#animate();
    }
    this.#name = name;
    return this.#current();
  }

  hostDisconnected(): void {
    cancelAnimationFrame(this.#frame);
    this.#jump(this.#to);
  }

  #jump(target: Matrix): void {
    this.#from = target;
    this.#to = target;
    this.#start = -Infinity;
  }

  #animate(): void {
    this.#start = performance.now();
    cancelAnimationFrame(this.#frame);
    const draw = () => {
      this.host.requestUpdate();
      if (performance.now() - this.#start < DURATION_MS) this.#frame = requestAnimationFrame(draw);
    };
    this.#frame = requestAnimationFrame(draw);
  }

  #current(): Matrix {
    const gone = Math.min(1, (performance.now() - this.#start) / DURATION_MS);
    return gone === 1 ? this.#to : between(this.#from, this.#to, eased(gone));
  }
}

export const eased = (fraction: number): number => fraction * fraction * (3 - 2 * fraction);

export const between = (from: Matrix, to: Matrix, share: number): number[][] =>
  to.map((point, i) => point.map((value, axis) => from[i][axis] * (1 - share) + value * share));

const farthest = (a: Matrix, b: Matrix): number =>
  a.reduce((max, point: Vector, i) => Math.max(max, distance(point, b[i])), 0);

const prefersReducedMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
