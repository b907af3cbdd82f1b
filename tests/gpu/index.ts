import type { KernelSuite } from '../support/suite';
import { acceptance } from './acceptance';
import { behaviour } from './behaviour';
import { bindings } from './bindings';
import { conformance } from './conformance';
import { extremes } from './extremes';
import { float16 } from './float16';
import { headMaps } from './head-maps';
import { keyParts } from './key-parts';
import { lessons } from './lessons';
import { longMaps } from './long-maps';
import { mapDifferences } from './map-differences';
import { mapMemory } from './map-memory';
import { maps } from './maps';
import { mutantSuite } from './mutants';
import { onnx } from './onnx';
import { perturbed } from './perturbed-conformance';
import { properties } from './properties';
import { roofline } from './roofline';
import { masks, shapes } from './shapes';
import { skipUnsupported } from './skip-unsupported';
import { softcaps } from './softcap';
import { tuning } from './tuning';
import { values } from './values';

/** Everything that is checked on a GPU, wherever there is one. */
export const suites: readonly KernelSuite[] = [
  shapes,
  masks,
  values,
  float16,
  conformance,
  perturbed,
  onnx,
  maps,
  headMaps,
  mapDifferences,
  longMaps,
  mapMemory,
  softcaps,
  properties,
  acceptance,
  extremes,
  bindings,
  behaviour,
  keyParts,
  tuning,
  lessons,
  roofline,
  mutantSuite,
].map(skipUnsupported);

/** Some of them, by how their names begin. */
export function suitesNamed(...names: string[]): readonly KernelSuite[] {
  return names.map((wanted) => {
    const found = suites.find(({ name }) => name.startsWith(wanted));
    if (!found) throw new Error(`there is no suite ${wanted}`);
    return found;
  });
}

/**
 * SwiftShader takes two seconds to compile a kernel with barriers, and no plan there takes one. These suites are
 * left to other drivers for such kernels, as CI does with lavapipe; `ALL_SUITES=1 npm test` leaves nothing out.
 */
const SLOW_SUITES = ['masks', 'redrawn', 'properties', 'twice', 'extremes'];
const SLOW: Readonly<Record<string, readonly string[]>> = {
  flash: SLOW_SUITES,
  decode: [...SLOW_SUITES, 'conformance', 'bindings'],
  'three-pass': [...SLOW_SUITES, 'conformance', 'bindings'],
};

/** All suites but what would take SwiftShader ten minutes. */
export function suitesForSwiftShader(): readonly KernelSuite[] {
  return suites.map((suite) => {
    const isLeft = ({ name }: KernelSuite['cases'][number]) =>
      Object.entries(SLOW).some(
        ([kernel, beginnings]) =>
          name.startsWith(`${kernel}: `) &&
          beginnings.some((beginning) => suite.name.startsWith(beginning)),
      );
    return { ...suite, cases: suite.cases.filter((one) => !isLeft(one)) };
  });
}
