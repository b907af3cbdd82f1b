/** Bytes of scratch that are worth having, as far as one binding can hold them. */
export const scratchRoom = (
  worth: number,
  { maxStorageBufferBindingSize }: GPUSupportedLimits,
): number => Math.min(worth, maxStorageBufferBindingSize);

/** How many of all units have room at the same time; one always has. */
export const unitsWithRoom = (units: number, unitBytes: number, room: number): number =>
  Math.min(units, Math.max(1, Math.floor(room / unitBytes)));
