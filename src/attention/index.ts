/** The public API of `attention-playground`. */
export { attention, type AttentionInputs, type AttentionResult, problemOf } from './attention';
export { InputError } from './input-error';
export type { Layout, Layouts, Shape } from './layout';
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
export { type ReferenceMaps, denseMap, referenceMaps } from './maps/cpu-maps';
export { type MapsInputs, NO_MARK } from './maps/inputs';
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
export { type Tensor, type TensorOptions, createTensor } from './tensor';
export {
  type Candidate,
  type CandidateResult,
  type RankedCandidate,
  type TunedChoice,
  type TunedChoices,
  type TuningResult,
  Tuning,
  useTuning,
} from './tuning/choices';
export { shapeClassOf } from './tuning/shape-class';
export { type TuningStore, fileStore, indexedDbStore, memoryStore } from './tuning/stores';
export { type TuneOptions, tuneProblem } from './tuning/tune';
export { plainAttention } from './cpu/plain';
export { fastAttention } from './cpu/fast/fast-attention';
export type { FastResult } from './cpu/fast/memory';
export { FastPool, type PoolOptions, type RunOptions } from './cpu/fast/pool';
export { SimdUnavailableError } from './cpu/fast/module';
export { DeviceSource, Gpu, type OpenOptions, openDevice } from '../webgpu/device';
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
