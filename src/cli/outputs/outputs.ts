import { say, type Message } from "../../texts/message.js";
import { UsageError, literal } from "../exit.js";
import { type Destination, descriptorIdentity, destinationOf, identityOf } from "./destination.js";
import { chunksOf, type Pieces } from "./chunks.js";
import { NewFile } from "./new-file.js";
import { outputFault } from "./output-fault.js";
import { writeSpecialFile } from "./special-file.js";
import { print } from "./standard-output.js";

/** An output as the user named it. */
export interface WantedOutput {
  /** The option that names it, such as "--evidence". */
  readonly option: string;
  /** A path, or "-" for standard output. */
  readonly file: string;
  /** Its owner alone may read it. */
  readonly isSecret?: boolean;
}

/** A file that is read: no output may be it. */
export interface UsedInput {
  /** For messages, such as "the capture". */
  readonly what: string;
  /** A path, or "-" for standard input. */
  readonly file: string;
}

/** An output that was found to be none of the inputs, and no other output. Nothing is opened before it is written. */
export interface Output {
  /** It is standard output, and that a terminal. */
  readonly isTerminal: boolean;
  /**
   * Writes it whole, once: what had its name is there until the new file is whole. `goesOn` where another output follows. Throws
   * a UsageError of one line, after which nothing is left of it.
   */
  write(pieces: Pieces, goesOn?: boolean): Promise<void>;
}

const STDIN = 0;
/** Permissions of a new file, before the umask. */
const NEW_MODE = 0o666;
/** Until the file has the permissions of the one that it replaces. */
const PRIVATE_MODE = 0o600;

/**
 * Finds the places of all outputs of a command, in their order. Throws a UsageError where one of them is an input, by whatever
 * name, or the place of another output, or where nothing can be written.
 */
export async function claimOutputs(
  wanted: readonly WantedOutput[],
  inputs: readonly UsedInput[],
): Promise<Output[]> {
  const taken = new Map<string, Message>();
  for (const input of inputs) {
    const identity = input.file === "-" ? descriptorIdentity(STDIN) : await identityOf(input.file);
    const name = input.file === "-" ? "standard input" : literal(input.file);
    if (identity !== null) taken.set(identity, say`it would overwrite ${input.what} ${name}`);
  }
  const outputs: Output[] = [];
  for (const { option, file, isSecret = false } of wanted) {
    const destination = await destinationOf(file);
    const conflict = destination.identities.map((identity) => taken.get(identity)).find(Boolean);
    if (conflict !== undefined) throw new UsageError(say`${option} ${literal(file)}: ${conflict}`);
    for (const identity of destination.identities) taken.set(identity, say`${option} is written there too`);
    outputs.push(outputAt(file, destination, isSecret));
  }
  return outputs;
}

function outputAt(name: string, destination: Destination, isSecret: boolean): Output {
  const isTerminal = destination.kind === "standard output" && process.stdout.isTTY;
  return {
    isTerminal,
    write: async (pieces, goesOn) => {
      if (destination.kind === "standard output") return print(pieces, goesOn);
      try {
        if (destination.kind === "special") await writeSpecialFile(destination.path, pieces);
        else await writeFile(destination, pieces, isSecret);
      } catch (error) {
        throw outputFault(name, error);
      }
    },
  };
}

/**
 * Writes a file whole under the first of these names that nothing has, and gives that name. What is there stays, whoever makes
 * it meanwhile. Throws a UsageError of one line, after which nothing is left of it.
 */
export async function writeNewFile(names: readonly string[], pieces: Pieces): Promise<string> {
  const [first = ""] = names;
  try {
    const file = await NewFile.beside(first, NEW_MODE);
    try {
      for await (const chunk of chunksOf(pieces)) await file.write(chunk);
      const name = await file.nameNew(names);
      if (name !== null) return name;
    } catch (error) {
      await file.discard();
      throw error;
    }
    await file.discard();
  } catch (error) {
    throw outputFault(first, error);
  }
  throw new UsageError(
    say`${literal(first)} is there already, and so are ${names.length - 1} others of its name`,
  );
}

async function writeFile(
  { path, former }: Extract<Destination, { readonly kind: "file" }>,
  pieces: Pieces,
  isSecret: boolean,
): Promise<void> {
  const file = await NewFile.beside(path, former === null && !isSecret ? NEW_MODE : PRIVATE_MODE);
  try {
    for await (const chunk of chunksOf(pieces)) await file.write(chunk);
    if (former !== null && !isSecret) await file.takeAfter(former);
    await file.rename(path);
  } catch (error) {
    await file.discard();
    throw error;
  }
}
