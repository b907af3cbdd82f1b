/** AssemblyScript, compiled by vite-assembly.ts: WebAssembly in base64, four times. */
declare module '*?assembly' {
  const builds: Readonly<Record<'relaxed-shared' | 'relaxed' | 'plain-shared' | 'plain', string>>;
  export default builds;
}
