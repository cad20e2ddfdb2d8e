import { u32At } from "../../bytes/reader.js";
import type { BodyWindow, Replacements } from "./window.js";

/** ISAKMP, IPsec and GDOI: https://www.iana.org/assignments/isakmp-registry. */
const LAST_DOI = 2;

/** The domain of interpretation that begins many a payload of IKEv1: a known one stays. */
export function rewriteDoi({ bytes, start, end }: BodyWindow, { identifiers }: Replacements): void {
  const to = Math.min(end, start + 4);
  if (to - start < 4 || u32At(bytes, start) > LAST_DOI) identifiers.content(bytes, start, to);
}
