/** The public API of `attention-playground`. */
export { attention, type AttentionInputs, type AttentionResult, problemOf } from './attention';
export { InputError } from './input-error';
export type { Layout, Layouts } from './layout';
export { and, or } from './modifiers/combine';
export { causal } from './modifiers/causal';
export { UNBOUNDED, slidingWindow } from './modifiers/sliding-window';
export { softcap } from './modifiers/softcap';
export { alibi, alibiSlopes } from './modifiers/alibi';
export { documents } from './modifiers/documents';
export { keyLengths } from './modifiers/key-lengths';
export { prefixLm, windowWithSinks } from './modifiers/recipes';
export { type PackedCausality, packedSequences, rowRanges } from './modifiers/row-ranges';
export { type TensorBias, tensorBias, tensorMask } from './modifiers/tensor-mask';
export {
  onnxAttention,
  type OnnxAttributes,
  type OnnxInputs,
  type OnnxOutputs,
} from './onnx/operator';
export { concatenate } from './concatenate';
export { scoreMap, type ScoreMapInputs, type ScoreStage } from './score-map';
export { AttentionMaps } from './maps/attention-maps';
export { denseMap } from './maps/cpu-maps';
export { type MapsInputs, NO_MARK } from './maps/inputs';
export { type ReferenceMaps, referenceMaps } from './maps/cpu-maps';
export type {
  MapCells,
  MapReadOptions,
  MapRegion,
  RowStatistics,
  WeightMap,
} from './maps/weight-map';
export type { Mask, MaskModifier, ScoreModifier } from './modifiers/modifier';
export { type Plan, planAttention } from './plan';
export { type Problem, type ProblemOptions, createProblem } from './problem';
export { reference, type ReferenceResult } from './reference';
export type { Shape } from './layout';
export { type Tensor, type TensorOptions, createTensor } from './tensor';
export type { Candidate } from './tuning/choices';
export type { RankedCandidate, TunedChoice, TunedChoices } from './tuning/choices';
export { fileStore } from './tuning/stores';
export { indexedDbStore } from './tuning/stores';
export type { CandidateResult, TuningResult } from './tuning/choices';
export { shapeClassOf } from './tuning/shape-class';
export { type TuningStore, memoryStore } from './tuning/stores';
export { type TuneOptions, tuneProblem } from './tuning/tune';
export { Tuning } from './tuning/choices';
export { useTuning } from './tuning/choices';
export { plainAttention } from './cpu/plain';
export { fastAttention } from './cpu/fast/fast-attention';
export type { FastResult } from './cpu/fast/memory';
export { FastPool, type PoolOptions, type RunOptions } from './cpu/fast/pool';
export { SimdUnavailableError } from './cpu/fast/module';
export { Gpu, type OpenOptions, openDevice } from '../webgpu/device';
export { DeviceSource } from '../webgpu/device';
export {
  DeviceLostError,
  GpuUnavailableError,
  GpuValidationError,
  LimitError,
  OutOfMemoryError,
  ShaderError,
} from '../webgpu/errors';
export { compare, type Comparison } from '../numeric/compare';
export { fillRandom, type RandomOptions } from '../numeric/random';
