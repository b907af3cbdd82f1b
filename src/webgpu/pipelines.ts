import { ShaderError, withErrorScopes } from './errors';

export type BindingKind = 'uniform' | 'read' | 'read-write';

export interface PipelineRequest {
  readonly label: string;
  readonly code: string;
  readonly entryPoint?: string;
  /** Bindings of group 0 by number. */
  readonly bindings: Readonly<Record<number, BindingKind>>;
}

export interface CompiledPipeline {
  readonly raw: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
  /** Wall-clock milliseconds of the compilation. */
  readonly compileMs: number;
}

/**
 * A device's compute pipelines, each compiled once. Requests for a pipeline that is being compiled share its
 * compilation. A failure is not cached, so the next request tries again.
 */
export class Pipelines {
  readonly #cache = new Map<string, Promise<CompiledPipeline>>();
  /** All messages of the shader compiler, warnings included. Expected to stay empty. */
  readonly messages: string[] = [];
  /** Number of compilations started. */
  compilations = 0;

  constructor(private readonly device: GPUDevice) {}

  /** @throws ShaderError with the compiler's messages and source lines. */
  get(request: PipelineRequest): Promise<CompiledPipeline> {
    const key = JSON.stringify([request.code, request.entryPoint, request.bindings]);
    let compiling = this.#cache.get(key);
    if (!compiling) {
      compiling = this.#compile(request);
      this.#cache.set(key, compiling);
      compiling.catch(() => this.#cache.delete(key));
    }
    return compiling;
  }

  async #compile(request: PipelineRequest): Promise<CompiledPipeline> {
    const { device } = this;
    this.compilations++;
    const { label, entryPoint = 'main' } = request;
    const start = performance.now();
    const module = await this.#compileModule(request);
    const layout = device.createBindGroupLayout({
      label,
      entries: Object.entries(request.bindings).map(([binding, kind]) => ({
        binding: Number(binding),
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type: BUFFER_TYPES[kind] },
      })),
    });
    const pipelineLayout = device.createPipelineLayout({ label, bindGroupLayouts: [layout] });
    const raw = await device
      .createComputePipelineAsync({
        label,
        layout: pipelineLayout,
        compute: { module, entryPoint },
      })
      .catch((error) => {
        throw new ShaderError(`${label}: ${error.message}`, { cause: error });
      });
    return { raw, layout, compileMs: performance.now() - start };
  }

  async #compileModule(request: PipelineRequest): Promise<GPUShaderModule> {
    const { label, code } = request;
    let module!: GPUShaderModule;
    try {
      await withErrorScopes(this.device, () => {
        module = this.device.createShaderModule({ label, code });
      });
    } catch (cause) {
      // The compiler's messages name the lines; the scope's error is the fallback.
      await this.#collectMessages(request, module);
      throw new ShaderError(`${label}: ${(cause as Error).message}`, { cause });
    }
    await this.#collectMessages(request, module);
    return module;
  }

  async #collectMessages(request: PipelineRequest, module: GPUShaderModule): Promise<void> {
    const { messages } = await module.getCompilationInfo();
    const lines = request.code.split('\n');
    const texts = messages.map((message) => {
      const source = lines[message.lineNum - 1]?.trim() ?? '';
      return `${request.label}:${message.lineNum}: ${message.type}: ${message.message}\n    ${source}`;
    });
    this.messages.push(...texts);
    if (messages.some((message) => message.type === 'error'))
      throw new ShaderError(texts.join('\n'));
  }
}

/** Encodes one dispatch. */
export function dispatch(
  pass: GPUComputePassEncoder,
  { raw }: Pick<CompiledPipeline, 'raw'>,
  group: GPUBindGroup,
  ...workgroups: readonly [number, number?]
): void {
  pass.setPipeline(raw);
  pass.setBindGroup(0, group);
  pass.dispatchWorkgroups(...workgroups);
}

/** Binds resources as the layout's bindings from 0 on. */
export const bindInOrder = (
  device: GPUDevice,
  label: string,
  layout: GPUBindGroupLayout,
  resources: readonly GPUBindingResource[],
): GPUBindGroup =>
  device.createBindGroup({
    label,
    layout,
    entries: resources.map((resource, binding) => ({ binding, resource })),
  });

const BUFFER_TYPES: Readonly<Record<BindingKind, GPUBufferBindingType>> = {
  uniform: 'uniform',
  read: 'read-only-storage',
  'read-write': 'storage',
};
