import { lstat } from "node:fs/promises";
import { closestWord } from "../bytes/closest.js";
import { printable } from "../bytes/text.js";
import { UsageError } from "./exit.js";

/** Refuses a first word that is no file but nearly a command: a word without a command is taken for a capture. */
export async function refuseMistypedCommand(word: string, commands: readonly string[]): Promise<void> {
  if (!/^[a-z-]+$/i.test(word) || word === "-") return;
  const meant = closestWord(word, commands);
  if (meant === null || (await exists(word))) return;
  throw new UsageError(`there is no command and no file "${printable(word)}"; did you mean ${meant}?`);
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}
