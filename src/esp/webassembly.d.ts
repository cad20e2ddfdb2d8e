/** The part of WebAssembly that the kernel's host uses, which every platform here has and no library of types names. */
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { initial: number });
    readonly buffer: ArrayBuffer;
  }
  interface Module {
    readonly module: never;
  }
  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, unknown>>);
    readonly exports: unknown;
  }
  const Module: new (bytes: Uint8Array) => Module;
}
