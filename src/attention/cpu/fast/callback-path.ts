import { isVisible } from '../../modifiers/combine';
import type { locateRow } from '../../reference';
import { type BlockWriter, STRIP_ROWS, CPU_TILE_KEYS } from './block-writer';
import type { FastExports } from './module';
import type { ProblemFunctions } from './problem';

/**
 * Computes a block whose masks or changes of scores are TypeScript functions: scores of a strip and a
 * tile are made in WebAssembly, changed here, and taken in there. Slower than `attend`, and as right;
 * tiles that a strip sees nothing of are not computed.
 */
export function attendWithCallbacks(
  wasm: FastExports,
  block: BlockWriter,
  rowsOfBlock: readonly Row[],
  functions: ProblemFunctions,
): void {
  for (let strip = 0; strip * STRIP_ROWS < rowsOfBlock.length; strip++) {
    const rows = rowsOfBlock.slice(strip * STRIP_ROWS, (strip + 1) * STRIP_ROWS);
    const [stripFirst, stripEnd] = block.strips.subarray(4 * strip);
    for (let first = stripFirst; first < stripEnd; first += CPU_TILE_KEYS) {
      const count = Math.min(CPU_TILE_KEYS, stripEnd - first);
      const tile = new StripTile(block, strip, first, count, rows, functions);
      if (tile.visible === 0) continue;
      wasm.score(block.address, strip, first, count);
      tile.change();
      wasm.fold(block.address, strip, first, count, tile.visible < count * rows.length);
    }
  }
}

/** Where a row is, for masks and modifiers. */
type Row = ReturnType<typeof locateRow>;

/** One strip's view of one tile of keys. */
class StripTile {
  readonly #shown: Uint8Array;
  readonly visible: number;

  constructor(
    private readonly block: BlockWriter,
    strip: number,
    private readonly first: number,
    private readonly count: number,
    private readonly rows: readonly Row[],
    private readonly functions: ProblemFunctions,
  ) {
    this.#shown = new Uint8Array(count * STRIP_ROWS);
    let visible = 0;
    rows.forEach(({ batch, head, query }, i) => {
      const row = strip * STRIP_ROWS + i;
      const begin = Math.max(0, block.firstKeys[row] - first);
      const end = Math.min(count, block.endKeys[row] - first);
      for (let j = begin; j < end; j++) {
        if (!isVisible(functions.mask, batch, head, query, first + j)) continue;
        this.#shown[j * STRIP_ROWS + i] = 1;
        visible++;
      }
    });
    this.visible = visible;
  }

  /** Hides scores and applies the modifiers, which take and give units of log e; weights are powers of 2. */
  change(): void {
    const { scores } = this.block;
    const { scoreModifiers } = this.functions;
    for (let j = 0; j < this.count; j++) {
      this.rows.forEach(({ batch, head, query }, i) => {
        const at = j * STRIP_ROWS + i;
        if (!this.#shown[at]) {
          scores[at] = -Infinity;
        } else if (scoreModifiers.length > 0) {
          let score = scores[at];
          for (const modifier of scoreModifiers) {
            score = modifier.score(score, batch, head, query, this.first + j);
          }
          scores[at] = score * Math.LOG2E;
        }
      });
    }
  }
}
