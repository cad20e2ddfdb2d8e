import { u16At } from "../../../bytes/reader.js";
import {
  type AttributeNames,
  PHASE1_NAMES,
  PHASE2_NAMES,
  attributeFields,
  attributeLength,
} from "../../describe/attributes.js";
import { type Field, hexText, listed, numbered, shortened } from "../../describe/field.js";
import { reservedIn } from "../../describe/reserved.js";
import { withStatus } from "../../describe/status.js";
import { type IkeVersion, type PayloadView, bodyOffset } from "../../describe/view.js";
import { formatProposal } from "../../offer.js";
import type { Proposal, SaPayload, Transform } from "./type.js";
import { transformStatusV1 } from "../../registries/algorithm-status-v1.js";
import { transformStatus } from "../../registries/algorithm-status.js";
import { situationName, transformNameV1 } from "../../registries/ipsec-doi.js";
import { PROTOCOL, protocolName } from "../../registries/protocols.js";
import { transformAttributeName, transformName, transformTypeName } from "../../registries/transforms-v2.js";
import { formatSuite } from "../../suite-text.js";
import { suiteOf } from "../../suite.js";

const PROPOSAL_HEADER = 8;

const TRANSFORM_HEADER = 8;

/** DOI and situation of IKEv1 stand before the proposals. */
const DOI_HEADER = 8;

/** Security Association payload (RFC 7296 3.3, RFC 2408 3.4). */
export const saView: PayloadView<SaPayload> = {
  describe: (payload, version, bytes) => {
    const { doi, situation, proposals } = payload;
    const fields: Field[] = [];
    let at = bodyOffset(payload);
    if (doi !== null && situation !== null) {
      fields.push(
        { name: "Domain of interpretation", value: numbered("IPSEC", doi), offset: at, length: 4 },
        { name: "Situation", value: situationName(situation), offset: at + 4, length: 4 },
      );
      at += DOI_HEADER;
    }
    const offsets = proposals.map((proposal) => (at += proposalLength(proposal)) - proposalLength(proposal));
    return [
      ...fields,
      ...listed(proposals, (proposal, index) =>
        describeProposal(proposal, version, offsets[index] ?? at, bytes),
      ),
    ];
  },
  summarize: (payload, version) => {
    const shown = version === 2 ? firstSuiteV2(payload) : firstSuiteV1(payload);
    const all = payload.proposals.reduce((sum, { transforms }) => sum + transforms.length, 0);
    const more = all - shown.transforms;
    return `SA[${shortened(shown.text)}${more > 0 ? ` +${more}` : ""}]`;
  },
};

/** The part of an offer that a line shows: one algorithm of each type of the first proposal. */
interface Shown {
  readonly text: string;
  readonly transforms: number;
}

function firstSuiteV2(payload: SaPayload): Shown {
  const suite = suiteOf(payload, 2);
  const types = new Set(payload.proposals[0]?.transforms.map(({ type }) => type));
  return { text: suite === null ? "" : formatSuite(suite), transforms: types.size };
}

/** In IKEv1 each transform is a whole suite. */
function firstSuiteV1({ proposals: [first] }: SaPayload): Shown {
  const text = first === undefined ? "" : (formatProposal(first, 1)[0] ?? "");
  return { text, transforms: Math.min(1, first?.transforms.length ?? 0) };
}

function describeProposal(
  proposal: Proposal,
  version: IkeVersion,
  offset: number,
  bytes: Uint8Array | null,
): Field {
  const { number, protocol, spi, transforms } = proposal;
  let at = offset + PROPOSAL_HEADER + spi.length;
  const offsets = transforms.map(
    (transform) => (at += transformLength(transform)) - transformLength(transform),
  );
  return {
    name: `Proposal ${number}`,
    value: protocolName(version, protocol),
    offset,
    length: proposalLength(proposal),
    children: [
      ...(bytes === null ? [] : proposalHeader(bytes, offset)),
      {
        name: "Protocol",
        value: numbered(protocolName(version, protocol), protocol),
        offset: offset + 5,
        length: 1,
      },
      ...(spi.length === 0
        ? []
        : [{ name: "SPI", value: hexText(spi), offset: offset + PROPOSAL_HEADER, length: spi.length }]),
      ...listed(transforms, (transform, index) =>
        describeTransform(transform, version, protocol, offsets[index] ?? at, bytes),
      ),
    ],
  };
}

function describeTransform(
  transform: Transform,
  version: IkeVersion,
  protocol: number,
  offset: number,
  bytes: Uint8Array | null,
): Field {
  const { type, id, number, attributes } = transform;
  return {
    name: version === 2 ? transformTypeName(type) : `Transform ${number}`,
    value: version === 2 ? transformText(protocol, type, id) : transformTextV1(protocol, id),
    offset,
    length: transformLength(transform),
    children: [
      ...(bytes === null ? [] : transformHeader(bytes, offset, version)),
      ...attributeFields(attributes, offset + TRANSFORM_HEADER, attributeNames(version, protocol)),
    ],
  };
}

/** The header that ties a proposal to the others and to its transforms (RFC 7296 3.3.1, RFC 2408 3.5). */
function proposalHeader(bytes: Uint8Array, offset: number): Field[] {
  const value = `${chainText(bytes, offset)}, SPI size ${bytes[offset + 6]}, ${bytes[offset + 7]} transforms`;
  return [
    { name: "Proposal header", value, offset, length: PROPOSAL_HEADER },
    ...reservedIn(bytes, [offset + 1, 1]),
  ];
}

/** RFC 7296 3.3.2, RFC 2408 3.6. */
function transformHeader(bytes: Uint8Array, offset: number, version: IkeVersion): Field[] {
  return [
    { name: "Transform header", value: chainText(bytes, offset), offset, length: TRANSFORM_HEADER },
    ...reservedIn(bytes, [offset + 1, 1]),
    ...reservedIn(bytes, version === 2 ? [offset + 5, 1] : [offset + 6, 2]),
  ];
}

/** "last substructure 2, length 44": 0 says that it is the last, 2 or 3 that one more follows. */
function chainText(bytes: Uint8Array, offset: number): string {
  return `last substructure ${bytes[offset]}, length ${u16At(bytes, offset + 2)}`;
}

function transformText(protocol: number, type: number, id: number): string {
  return withStatus(numbered(transformName(type, id), id), transformStatus(protocol, type, id));
}

function transformTextV1(protocol: number, id: number): string {
  return withStatus(numbered(transformNameV1(protocol, id), id), transformStatusV1(protocol, id));
}

function attributeNames(version: IkeVersion, protocol: number): AttributeNames {
  if (version === 2) return { type: transformAttributeName, value: (_, value) => String(value) };
  return protocol === PROTOCOL.IKE ? PHASE1_NAMES : PHASE2_NAMES;
}

function proposalLength({ spi, transforms }: Proposal): number {
  return transforms.reduce(
    (sum, transform) => sum + transformLength(transform),
    PROPOSAL_HEADER + spi.length,
  );
}

function transformLength({ attributes }: Transform): number {
  return attributes.reduce((sum, attribute) => sum + attributeLength(attribute), TRANSFORM_HEADER);
}
