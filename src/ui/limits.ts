const whole = new Intl.NumberFormat('en-US');
const precise = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
const units = ['B', 'KiB', 'MiB', 'GiB'];

/** Sizes in binary units, since that is how hardware sets them; counts as they are. */
export function formatLimit(name: string, value: number): string {
  const isBytes = /(Buffer|Binding|Storage)Size$/.test(name);
  if (!isBytes || value < 1024) return whole.format(value);
  const unit = Math.min(units.length - 1, Math.floor(Math.log2(value) / 10));
  return `${precise.format(value / 1024 ** unit)} ${units[unit]}`;
}

/** "compute workgroup storage size", for `maxComputeWorkgroupStorageSize`. */
export function limitWords(name: string): string {
  return name
    .replace(/^max/, '')
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim();
}
