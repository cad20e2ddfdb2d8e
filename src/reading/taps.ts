import type { CaptureError, CaptureSource } from "../capture/source.js";
import type { Opener } from "../opening/opener.js";
import type { EspTap } from "../session/intake/esp-tap.js";
import { Intake } from "../session/intake/intake.js";
import type { MessageTap } from "../session/intake/message-tap.js";
import { readFrames, type ReadOptions } from "./frames.js";
import { openersOf, readerOf } from "./session.js";

export interface DecodeOptions extends ReadOptions {
  /** Opens what is encrypted. */
  readonly opener?: Opener;
}

/**
 * Hands every IKE message of a capture source to `tap`, in the order of the frames that complete them. Closes the source.
 * Gives the fault that kept a capture from being read to its end, or null.
 */
export async function decodeMessages(
  source: CaptureSource,
  tap: MessageTap,
  { opener, ...options }: DecodeOptions = {},
): Promise<CaptureError | null> {
  return readInto(new Intake({ tap, ...openersOf(opener) }), source, options);
}

/** Messages are not even decoded where only ESP is of interest. */
const NO_MESSAGES: MessageTap = {
  undecoded: () => true,
  message: () => undefined,
  malformed: () => undefined,
};

/** Shows every ESP and AH packet of a capture source to `tap`, in the order of the frames. Closes the source. */
export async function tapEsp(
  source: CaptureSource,
  tap: EspTap,
  options: ReadOptions = {},
): Promise<CaptureError | null> {
  return readInto(new Intake({ tap: NO_MESSAGES, espTap: tap }), source, options);
}

async function readInto(
  intake: Intake,
  source: CaptureSource,
  options: ReadOptions,
): Promise<CaptureError | null> {
  const { error } = await readFrames(source, readerOf(intake), options);
  intake.finish();
  return error;
}
