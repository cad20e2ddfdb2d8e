import { encryptedMessageLength, largestInner } from "../ike/length-oracle.js";
import { EXCHANGE_V2 } from "../ike/registries/exchanges.js";
import type { Suite } from "../ike/suite.js";
import { messageLengths } from "./message-lengths.js";
import type { Exchange, Transmission } from "./model.js";

/** Number and total of an SKF payload (RFC 7383 2.5), bytes. */
const FRAGMENT_FIELDS = 4;
/** No size of an IV, a block or an ICV, and no number of a PRF that is in use, is larger. */
const SIZES_BASE = 4096;

/** The lengths of an IKE_AUTH exchange, bytes: a message in IKE fragments counts as it would be in one piece. */
interface Lengths {
  readonly asked: number;
  readonly answer: number;
}

/** The lengths of the only round of IKE_AUTH; null where it is not whole, or came in fragments under a suite that is not known. */
export function authenticationLengths(
  { exchangeType, request, response }: Exchange,
  suite: Suite | null,
): Lengths | null {
  if (exchangeType !== EXCHANGE_V2.IKE_AUTH || request === null || response === null) return null;
  const [asked, answer] = [wholeLength(request, suite), wholeLength(response, suite)];
  return asked === null || answer === null ? null : { asked, answer };
}

/** A number for what decides how long a message of given content is: messages under the same one can be compared. Null where it is not known. */
export function sizesKeyOf(suite: Suite | null): number | null {
  if (suite === null || suite.ivLength === null || suite.blockLength === null || suite.icvLength === null)
    return null;
  return [suite.ivLength, suite.blockLength, suite.icvLength, suite.prf?.id ?? 0].reduce(
    (key, size) => key * SIZES_BASE + Math.min(size, SIZES_BASE - 1),
    0,
  );
}

function wholeLength(transmission: Transmission, suite: Suite | null): number | null {
  const { message, fragments, sightings } = transmission;
  if (fragments === null) return message.header.length;
  if (suite === null) return null;
  const lengthOf = messageLengths(transmission);
  const lengths = new Map(sightings.map((sighting) => [sighting.fragment, lengthOf(sighting)]));
  // A try in one piece may have come before the fragments.
  lengths.delete(0);
  if (lengths.size < fragments.total) return null;
  let inner = 0;
  for (const length of lengths.values()) {
    const own = largestInner(suite, length);
    if (own === null) return null;
    inner += own - FRAGMENT_FIELDS;
  }
  return encryptedMessageLength(suite, inner);
}
