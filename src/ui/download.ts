/** Hands a file to the browser's downloads. */
export function downloadFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the data by the next turn of the loop.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
