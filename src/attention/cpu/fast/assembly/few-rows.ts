import { Block, columnGroups } from './block';

/** A row's scaled query, as it lies. */
export function queryOf(block: Block, row: i32): usize {
  return block.queries + ((<usize>(row * block.headSize)) << 2);
}

/** A row's unfinished outputs: whole groups of eight columns. */
export function outputsOf(block: Block, row: i32): usize {
  return block.outputs + ((<usize>(row * columnGroups(block))) << 5);
}

export function packRow(block: Block, row: i32): void {
  const from = load<usize>(block.queryRows + ((<usize>row) << 2));
  const to = queryOf(block, row);
  const size = (<usize>block.headSize) << 2;
  for (let at: usize = 0; at < size; at += 4) {
    store<f32>(to + at, load<f32>(from + at) * block.scale);
  }
}

export function clearRow(block: Block, row: i32): void {
  memory.fill(outputsOf(block, row), 0, (<usize>columnGroups(block)) << 5);
}

export function divideRow(block: Block, row: i32): void {
  const from = outputsOf(block, row);
  const to = load<usize>(block.outputRows + ((<usize>row) << 2));
  const sum = load<f32>(block.sums + ((<usize>row) << 2));
  const factor: f32 = 1 / (sum == 0 ? 1 : sum);
  const size = (<usize>block.valueSize) << 2;
  for (let at: usize = 0; at < size; at += 4) {
    store<f32>(to + at, load<f32>(from + at) * factor);
  }
}
