import { EventEmitter } from "node:events";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Readable, Writable } from "node:stream";
import { Script } from "node:vm";

/** The outcome of a command that ended. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Bundle = (
  exports: object,
  require: (id: string) => unknown,
  module: { exports: { main?(argv: readonly string[]): Promise<void> } },
  filename: string,
  folder: string,
  process: NodeJS.Process,
) => void;

/** Members of `process` that each run has for itself. */
interface OwnMembers {
  readonly argv: readonly string[];
  readonly stdin: Readable;
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly exit: (code?: number) => never;
  exitCode?: number;
}

let compiled: Script | null = null;

/**
 * Runs the built command to its end inside the process of the tests: a new instance of the whole bundle, with a `process` of its own
 * for arguments, streams, exit status and signals. Takes a third of the processor time of a child, which has to load the bundle and to
 * warm up each time. `test/cli/command-in-process.test.ts` compares it to a child.
 */
export async function runInProcess(root: string, args: readonly string[]): Promise<Outcome> {
  const bundle = join(root, "dist/cli/ikescope.cjs");
  compiled ??= new Script(
    `(function (exports, require, module, __filename, __dirname, process) {${fs.readFileSync(bundle, "latin1")}\n})`,
    { filename: bundle },
  );
  const run = compiled.runInThisContext() as Bundle;
  const [stdout, stderr] = [new TextStream(1), new TextStream(2)];
  const events = new EventEmitter();
  let end: (code: number) => void = () => undefined;
  const ended = new Promise<number>((resolve) => (end = resolve));
  const exitCode = (): number => own.exitCode ?? 0;
  const exit = (code?: number): never => {
    end(code ?? exitCode());
    throw new Error("the command ends here");
  };
  const own: OwnMembers = {
    argv: [process.execPath, join(root, "bin/ikescope.js"), ...args],
    stdin: Readable.from([]),
    stdout,
    stderr,
    exit,
    ...listening(events),
  };
  const module = { exports: {} as { main?(argv: readonly string[]): Promise<void> } };
  const itsProcess = withOwn(process, own);
  run(module.exports, requireFor(bundle, itsProcess), module, bundle, dirname(bundle), itsProcess);
  const main = module.exports.main?.(own.argv).then(exitCode);
  // Where the command ends itself, main() fails or never returns.
  const code = await Promise.race([ended, main ?? ended]);
  events.emit("exit", code);
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** A pipe to a reader that takes everything. */
class TextStream extends Writable {
  readonly fd: number;
  readonly #chunks: Buffer[] = [];

  constructor(fd: number) {
    super();
    this.fd = fd;
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString("utf8");
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    // The command uses its buffers again.
    this.#chunks.push(Buffer.from(chunk));
    done();
  }
}

/** The members by which a program listens to signals and to its end. */
function listening(events: EventEmitter): object {
  const members = ["on", "once", "off", "addListener", "removeListener", "listenerCount", "emit"] as const;
  return Object.fromEntries(members.map((name) => [name, events[name].bind(events)]));
}

/** The process with some members of its own; what is set on it stays there. */
function withOwn(real: NodeJS.Process, own: object): NodeJS.Process {
  const isOwn = (name: string | symbol): name is keyof typeof own => Object.hasOwn(own, name);
  return new Proxy(real, {
    get: (_, name) => {
      if (isOwn(name)) return own[name];
      const value: unknown = Reflect.get(real, name, real);
      return typeof value === "function" ? value.bind(real) : value;
    },
    set: (_, name, value) => Reflect.set(own, name, value),
  });
}

/** Modules for the command: its process, standard streams that are pipes, and no settings of V8, which would be those of the tests. */
function requireFor(bundle: string, itsProcess: NodeJS.Process): (id: string) => unknown {
  const required = createRequire(bundle);
  const others: Readonly<Record<string, unknown>> = {
    process: itsProcess,
    fs: {
      ...fs,
      fstatSync: (fd: number, options?: fs.StatOptions) => (fd <= 2 ? PIPE : fs.fstatSync(fd, options)),
    },
    v8: {
      setFlagsFromString: () => undefined,
      getHeapSpaceStatistics: () => [{ space_name: "new_space", space_size: Infinity }],
    },
  };
  return (id) => others[id.replace(/^node:/, "")] ?? required(id);
}

const PIPE = {
  isFIFO: () => true,
  isFile: () => false,
  isCharacterDevice: () => false,
  isDirectory: () => false,
  isSocket: () => false,
};
