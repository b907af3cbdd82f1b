import type { Gpu } from '../../webgpu/device';
import { type TunedChoice, type TunedChoices, isTunedChoice } from './choices';
import { deviceKey } from './device-key';
import type { TuningResult } from './result';
import type { TuningStore } from './store';

/**
 * What is known of one device: choices by class, loaded once and then at hand, each kept in a store as it
 * is learnt. A store that fails costs no more than the memory of it.
 */
export class Tuning implements TunedChoices {
  readonly #choices = new Map<string, TunedChoice>();
  readonly #notes: string[] = [];

  private constructor(
    private readonly key: string,
    private readonly store: TuningStore,
  ) {}

  /**
   * Loads what the store has for this device: same adapter, browser and shaders. What is no choice is left
   * alone, with a note.
   * @param runtime - name and version of what runs the shaders; the browser's or Node's unless told.
   */
  static async load(gpu: Pick<Gpu, 'info'>, store: TuningStore, runtime?: string): Promise<Tuning> {
    const tuning = new Tuning(deviceKey(gpu, runtime), store);
    await tuning.#attempt('Nothing could be recalled', async () => {
      for (const [key, value] of await store.entries()) tuning.#adopt(key, value);
    });
    return tuning;
  }

  /** What went wrong with the store, for people. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  choice(shapeClass: string): TunedChoice | undefined {
    return this.#choices.get(shapeClass);
  }

  /** Every class that is known, with its choice. */
  entries(): readonly (readonly [shapeClass: string, choice: TunedChoice])[] {
    return [...this.#choices];
  }

  /** Keeps what tuning found; nothing where it found nothing. */
  async remember({ shapeClass, candidates, winner }: TuningResult): Promise<void> {
    if (winner === null) return;
    const ranking = candidates
      .filter(({ verified, ms }) => verified && ms)
      .map(({ name, ms }) => ({ name, ms: ms! }))
      .sort((a, b) => Number(b.name === winner) - Number(a.name === winner) || a.ms - b.ms);
    const choice = { ranking, tunedAt: new Date().toISOString() };
    this.#choices.set(shapeClass, choice);
    await this.#attempt('The choice holds for now, but could not be kept', () =>
      this.store.set(`${this.key}${SEPARATOR}${shapeClass}`, choice),
    );
  }

  /** Forgets everything, of other devices and versions too. */
  async forget(): Promise<void> {
    this.#choices.clear();
    await this.#attempt('What was kept could not be removed', () => this.store.clear());
  }

  #adopt(key: string, value: unknown): void {
    const prefix = `${this.key}${SEPARATOR}`;
    if (!key.startsWith(prefix)) return;
    const shapeClass = key.slice(prefix.length);
    if (isTunedChoice(value)) this.#choices.set(shapeClass, value);
    else this.#notes.push(`What was kept for ${shapeClass} is not understood, and ignored.`);
  }

  async #attempt(trouble: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#notes.push(`${trouble}: ${why}`);
    }
  }
}

const SEPARATOR = ' | ';
