import { captureNames, type CaptureNames } from "../capture/node/capture-names.js";
import { say } from "../texts/message.js";
import { complain } from "./standard-error.js";

/** Files of a folder that are named on standard error as not read; more are counted. */
const MOST_NAMED = 10;

/**
 * The captures that the names on the command line stand for. What else lies in a folder is named on standard error. Throws
 * CaptureError where there is no capture.
 */
export async function namedCaptures(
  names: readonly string[],
): Promise<Pick<CaptureNames, "files" | "copies">> {
  const { files, passedOver, copies } = await captureNames(names);
  for (const { said } of passedOver.slice(0, MOST_NAMED)) {
    complain(say`not read: ${said}`);
  }
  const more = passedOver.length - MOST_NAMED;
  if (more > 0) complain(say`not read: ${more} more file${more === 1 ? "" : "s"}`);
  return { files, copies };
}
