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

type Main = (argv: readonly string[]) => Promise<void>;
type Bundle = (
  exports: object,
  require: (id: string) => unknown,
  module: { exports: { main?: Main } },
  filename: string,
  folder: string,
  process: NodeJS.Process,
) => void;

/** Members of `process` that each run has for itself. */
interface OwnMembers {
  argv: readonly string[];
  stdin: Readable;
  stdout: TextStream;
  stderr: TextStream;
  exit: (code?: number) => never;
  exitCode?: number | undefined;
  env: NodeJS.ProcessEnv;
}

/** The bundle, loaded once, with a `process` of its own. */
interface Instance {
  readonly main: Main;
  readonly own: OwnMembers;
  readonly events: EventEmitter;
}

let compiled: Script | null = null;
/** Instances whose last run came to its end in order: what they run next is compiled already. */
const idle: Instance[] = [];

/**
 * Runs the built command to its end inside the process of the tests, with a `process` of its own for arguments, streams, exit status
 * and signals. Takes a fifth of the processor time of a child, which has to load the bundle and to warm up each time. An instance
 * of the bundle has one run at a time, and no other one behind a run that ended itself by process.exit().
 * `test/cli/command-in-process.sampled.test.ts` compares it to a child.
 */
export async function runInProcess(
  root: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  const instance = idle.pop() ?? load(root);
  const { main, own, events } = instance;
  const [stdout, stderr] = [new TextStream(1), new TextStream(2)];
  let end: (code: number) => void = () => undefined;
  const ended = new Promise<number>((resolve) => (end = resolve));
  const exitCode = (): number => own.exitCode ?? 0;
  Object.assign(own, {
    argv: [process.execPath, join(root, "bin/ikescope.js"), ...args],
    stdin: Readable.from([]),
    stdout,
    stderr,
    exit: (code?: number) => {
      end(code ?? exitCode());
      throw new Error("the command ends here");
    },
    exitCode: undefined,
    env: { ...process.env, ...env },
  });
  let isInOrder = false;
  const whole = main(own.argv).then(() => {
    isInOrder = true;
    return exitCode();
  });
  // Where the command ends itself, main() fails or never returns.
  const code = await Promise.race([ended, whole]);
  events.emit("exit", code);
  for (const name of events.eventNames()) if (name !== "exit") events.removeAllListeners(name);
  if (isInOrder) idle.push(instance);
  return { code, stdout: stdout.text, stderr: stderr.text };
}

function load(root: string): Instance {
  const bundle = join(root, "dist/cli/ikescope.cjs");
  compiled ??= new Script(
    `(function (exports, require, module, __filename, __dirname, process) {${fs.readFileSync(bundle, "latin1")}\n})`,
    { filename: bundle },
  );
  const run = compiled.runInThisContext() as Bundle;
  const events = new EventEmitter();
  const own: OwnMembers = {
    argv: [],
    stdin: Readable.from([]),
    stdout: new TextStream(1),
    stderr: new TextStream(2),
    env: process.env,
    exit: () => {
      throw new Error("nothing runs");
    },
    ...listening(events),
  };
  const module: { exports: { main?: Main } } = { exports: {} };
  const itsProcess = withOwn(process, own);
  run(module.exports, requireFor(bundle, itsProcess), module, bundle, dirname(bundle), itsProcess);
  const { main } = module.exports;
  if (main === undefined) throw new Error(`${bundle} exports no main()`);
  return { main, own, events };
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
