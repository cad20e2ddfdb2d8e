import { resolve, sep } from "node:path";
import { captureNames, type CaptureNames } from "../capture/node/capture-names.js";
import { say } from "../texts/message.js";
import { literal } from "./exit.js";
import { isHostTextAlone } from "./host-text-captures.js";
import { complain } from "./standard-error.js";

/** Files of a folder that are named on standard error as not read; more are counted. */
const MOST_NAMED = 10;

/**
 * The captures that the names on the command line stand for. What else lies in a folder is named on standard error; `texts`, the files
 * and folders of --with, are read as such, and a log among the others is said to need one. Null for a command without --with. Throws
 * CaptureError where there is no capture.
 */
export async function namedCaptures(
  names: readonly string[],
  texts: readonly string[] | null = null,
): Promise<Pick<CaptureNames, "files" | "copies">> {
  const { files, passedOver, copies } = await captureNames(names);
  const others = passedOver.filter(({ file }) => !isGivenAsText(file, texts ?? []));
  for (const { file, said } of others.slice(0, MOST_NAMED)) {
    const isText = texts !== null && (await isHostTextAlone(file));
    complain(
      isText
        ? say`not read: ${literal(file)} is a log or dump of a host, not a capture: --with ${literal(file)} reads it`
        : say`not read: ${said}`,
    );
  }
  const more = others.length - MOST_NAMED;
  if (more > 0) complain(say`not read: ${more} more file${more === 1 ? "" : "s"}`);
  return { files, copies };
}

/** Whether one of --with is the file, or a folder that it lies in; each may be HOST=FILE. */
function isGivenAsText(file: string, texts: readonly string[]): boolean {
  const own = resolve(file);
  return texts
    .flatMap((text) => [text, text.slice(text.indexOf("=") + 1)])
    .map((text) => resolve(text))
    .some((text) => own === text || own.startsWith(`${text}${sep}`));
}
