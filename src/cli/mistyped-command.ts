import type { Command } from "commander";
import { say, verbatim } from "../texts/message.js";
import { lstat } from "node:fs/promises";
import { closestWord } from "../bytes/closest.js";
import { UsageError, literal } from "./exit.js";

/**
 * Refuses a first word that is no file and was most likely meant as a command: a word without a command is taken for a capture.
 * `command` is the default one, whose options are known.
 */
export async function refuseMistypedCommand(word: string, command: Command): Promise<void> {
  if (!/^[a-z-]+$/i.test(word) || word === "-" || (await exists(word))) return;
  const commands = command.parent?.commands.map((one) => one.name()) ?? [];
  const about = say`there is no command and no file "${literal(word)}"`;
  const option = command.options.find(({ long }) => long === `--${word.toLowerCase()}`);
  if (option !== undefined) {
    throw new UsageError(
      say`${about}; --${literal(word.toLowerCase())} is an option: ${verbatim(exampleOf(option.flags))}`,
    );
  }
  const meant = closestWord(word, commands);
  throw new UsageError(
    meant === null
      ? say`${about} (ikescope --help lists the commands)`
      : say`${about}; did you mean ${meant}?`,
  );
}

/** A line that works with an option. */
function exampleOf(flags: string): string {
  const written = flags.replace(/^-\w, /, "");
  // The report alone would say the replaced addresses of a capture that nobody has.
  const output = written === "--anonymize" ? " --evidence ticket.pcapng" : "";
  return `ikescope trace.pcap ${written}${output}`;
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}
