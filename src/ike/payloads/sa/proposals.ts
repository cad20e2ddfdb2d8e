import type { ByteReader } from "../../../bytes/reader.js";
import { declaredWindow, faultAt, requireEnd } from "../decoder.js";
import type { Proposal, Transform } from "./type.js";

const PROPOSAL_HEADER = 8;

const TRANSFORM_HEADER = 8;

/** Chain marks of the substructures: "more follow", in both versions (RFC 7296 3.3.1 and 3.3.2, RFC 2408 3.5 and 3.6). */
const MORE_PROPOSALS = 2;

const MORE_TRANSFORMS = 3;

/** Reads the version's own part of a transform: what stands behind its length field. */
export type TransformBody = (reader: ByteReader) => Transform;

/**
 * The proposals that fill the rest of an SA payload. IKEv1 and IKEv2 share this layout; only the inside of a
 * transform differs. Throws DecodeError where a length, a chain mark or the number of transforms contradicts the
 * bytes: peers refuse such a payload as well.
 */
export function readProposals(reader: ByteReader, transformBody: TransformBody): Proposal[] {
  const proposals: Proposal[] = [];
  for (;;) {
    const mark = chainMark(reader, MORE_PROPOSALS, "proposal");
    proposals.push(readProposal(reader, transformBody));
    if (mark === 0) break;
  }
  requireEnd(reader, "SA payload behind its last proposal");
  return proposals;
}

function readProposal(reader: ByteReader, transformBody: TransformBody): Proposal {
  const inner = substructure(reader, PROPOSAL_HEADER, "IKE proposal length", "proposal");
  const number = inner.u8("proposal number");
  const protocol = inner.u8("protocol");
  const spiSize = inner.u8("SPI size");
  const count = inner.u8("number of transforms");
  const spi = declaredWindow(inner, spiSize, "IKE SPI size", "SPI").rest();
  const transforms: Transform[] = [];
  if (inner.remaining > 0) {
    for (;;) {
      const mark = chainMark(inner, MORE_TRANSFORMS, "transform");
      transforms.push(
        transformBody(substructure(inner, TRANSFORM_HEADER, "IKE transform length", "transform")),
      );
      if (mark === 0) break;
    }
    requireEnd(inner, "proposal behind its last transform");
  }
  if (transforms.length !== count) {
    throw faultAt(inner, "proposal", `declares ${count} transforms, has ${transforms.length}`);
  }
  return { number, protocol, spi, transforms };
}

function chainMark(reader: ByteReader, more: number, what: string): number {
  const mark = reader.u8(what);
  if (mark !== 0 && mark !== more) throw faultAt(reader, what, `chain mark ${mark} instead of 0 or ${more}`);
  return mark;
}

/** The rest of a substructure whose chain mark has been read: reserved byte, length, then `length - 4` bytes. */
function substructure(
  reader: ByteReader,
  minimum: number,
  declaredBy: "IKE proposal length" | "IKE transform length",
  what: string,
): ByteReader {
  reader.skip(1, what);
  const length = reader.u16(`${what} length`);
  if (length < minimum)
    throw faultAt(reader, what, `declares ${length} bytes, its header alone has ${minimum}`);
  return declaredWindow(reader, length - 4, declaredBy, what);
}
