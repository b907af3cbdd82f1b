/** "head 3" in a source of one layer, "layer 2, head 3" in others: counted from 1, layer by layer. */
export function namesOfHeads(layers: number, heads: number): string[] {
  return Array.from({ length: layers * heads }, (_, i) => {
    const head = `head ${(i % heads) + 1}`;
    return layers === 1 ? head : `layer ${Math.floor(i / heads) + 1}, ${head}`;
  });
}
