import { MergedSource } from "../../src/capture/merge.js";
import { CaptureReader } from "../../src/capture/reader.js";
import { analyze, type Judgement } from "../../src/index.js";
import { MemoryBytes } from "../support/capture/memory-bytes.js";
import { readAll } from "../support/capture/read-all.js";
import { CLEAR } from "../support/field/clear.js";
import { CLOCKS } from "../support/field/clocks.js";
import { COPIES } from "../support/field/copies.js";
import { DIRECTIONS } from "../support/field/directions.js";
import { fieldFiles } from "../support/field/file.js";
import { type FieldFrame, fieldFrames, type CaptureCondition } from "../support/field/frame.js";
import { LINKS } from "../support/field/links.js";
import { LOSSES } from "../support/field/losses.js";
import { EARLY, HOLES, LATE } from "../support/field/parts.js";
import { movedPeer, privatePeers } from "../support/field/private-peers.js";
import { faults } from "../support/scenario/index.js";
import type { Labelled } from "./labelled.js";
import type { Truth } from "./truth.js";

/** A condition under which captures are taken, and what may be said of them then. */
export interface FieldCondition {
  readonly name: string;
  readonly condition: CaptureCondition;
  /** "whole": all that the verdict rests on is still there. "part": what is gone may be missed, nothing else be said. */
  readonly keeps: "whole" | "part";
  /** What must not be said: anything from warnings on, or faults, where what is missing is suspected with good reason. */
  readonly counts: "warnings" | "faults";
  /** Codes that this condition hides. */
  readonly hides: readonly string[];
  /** Codes that are true of what is left. */
  readonly shows: readonly string[];
  /** Whether a capture can have been taken so. */
  readonly fits: (truth: Truth) => boolean;
}

/** Where frames tell no link, or show a mirror's own, what is in clear beside the tunnel is not judged. */
const NO_LINK = ["plaintext-leak", "esp-not-decrypted"];
/** Without frames that are not IP nothing shows that no filter was on. */
const NO_OTHER_FRAMES = ["esp-absent"];
/** What a router receives and does not send on is told by its links, which most conditions change or leave out. */
const TOLD_BY_LINKS = ["lost-between-captures"];
/**
 * Among copies a copy cannot be told, nor a counter that begins anew, nor how many came in fragments: their copies are put together once.
 * Which packet has an answer, or is shown decrypted, is asked of streams without copies.
 */
const AMONG_COPIES = [
  "esp-duplicate",
  "esp-sequence-restart",
  "esp-fragmented",
  "esp-interrupted",
  "esp-not-decrypted",
];

/** Late packets that the receiver took, as only what it has decrypted beside them shows. */
const TAKEN_LATE = /^kernel-replay-window-wide$/;
/** Traffic that a condition shows decrypted as a whole was taken as a whole. */
const ALL_DECRYPTED = ["esp-reordered"];

const needsNothingBeside = ({ scenario }: Truth): boolean => !TAKEN_LATE.test(scenario);

const isNear = ({ vantage }: Truth): boolean => vantage.startsWith("near-");
const isBetween = (truth: Truth): boolean => !isNear(truth);
/**
 * Not stories that are about the order of what was written, or about how long a pause is, nor those that are told by the MAC
 * addresses of each direction, which the links made here do not have, or by an address within a message.
 */
const OF_THE_ORIGINAL =
  /^(clock-set-back|written-out-of-order|call-on-hold|clear-from-the-other-side|kernel-ah-nat|libreswan-redirected-in-auth)$/;
const isToldAnyway = ({ scenario }: Truth): boolean => !OF_THE_ORIGINAL.test(scenario);

const isHealthy = ({ status }: Truth): boolean => status === "healthy";
/** Captures that stop behind the third attempt without an answer, or a refusal: what follows it nobody can know. */
const UNTIL_MORE_IS_KNOWN: ReadonlySet<string> = new Set([
  "generated/auth-request-lost-once-4500",
  "generated/quick-mode-1-lost-once",
  "generated/forged-no-proposal",
  "generated/refusal-overridden",
]);
/** Where two frames are missing of these, what is left is a setup that stops: nothing else of the tunnel is there. */
const NOTHING_ELSE: ReadonlySet<string> = new Set([
  "generated/first-request-lost-once",
  "generated/redirected-once",
  "generated/client-changes-address",
  "generated/equal-lifetimes",
]);

/** A scanner is told by its whole offer. Where that is cut, or was sent before the capture began, the answer is told as to any peer. */
const isScan = ({ scenario }: Truth): boolean => scenario.startsWith("scan-");

type CaptureConditions = Readonly<Record<string, CaptureCondition>>;

function each(
  conditions: CaptureConditions,
  of: (name: string) => Partial<FieldCondition>,
): FieldCondition[] {
  return Object.entries(conditions).map(([name, condition]) => {
    const { fits = () => true, ...more } = of(name);
    return {
      name,
      condition,
      keeps: "whole",
      counts: "warnings",
      hides: [],
      shows: [],
      ...more,
      fits: (truth) => isToldAnyway(truth) && fits(truth),
    };
  });
}

/** What copies that come late, or in files of their own, make uncertain: whose packet answers whose, and in what order. */
const UNCERTAIN: Readonly<Record<string, readonly string[]>> = {
  spanThrice: ["esp-large-packets-lost", "reauth-gap"],
  // Between files there may be pauses of the recording, and those that overlap have the order of the merging.
  paloAltoFiles: [
    "nat-keepalive-missing",
    "nat-mapping-expired",
    "esp-asymmetric-spi",
    "esp-absent",
    "esp-reordered",
  ],
};

/** What is true of a capture that lacks packets, and cannot be told from a path that does. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  drops1: ["esp-loss"],
  drops10: [
    "esp-loss",
    "dpd-timeout",
    "esp-one-way",
    "ip-fragments-lost",
    "ike-fragmentation-not-negotiated",
    "ike-auth-missing",
    "retransmissions",
  ],
  // What a hole hides: the delete that ends a collision, the keepalives of the client before.
  gap: ["esp-loss", "nat-keepalive-missing", "rekey-collision", "esp-one-way"],
  ring: ["esp-loss", "rekey-collision", "esp-one-way", "esp-not-decrypted"],
  paloAltoFiles: ["dpd-timeout"],
  // What the cut, or the filter, took of a failing tunnel: the proof of its cause, so that the symptom is told.
  snap68: ["dpd-timeout", "esp-one-way", "ike-init-unanswered"],
  snap96: ["dpd-timeout", "esp-one-way", "ike-init-unanswered", "natt-4500-unanswered", "ike-auth-missing"],
  snap128: ["natt-4500-unanswered", "ike-auth-missing"],
  snap256: ["natt-4500-unanswered", "ike-auth-missing"],
  onlyPorts: ["esp-one-way", "ike-init-unanswered", "retransmissions"],
  onlyIke: ["ike-init-unanswered", "nat-mapping-expired", "retransmissions"],
  not500: ["dpd-timeout", "esp-one-way", "natt-4500-unanswered", "ike-refused"],
  notEsp: ["esp-one-way"],
  tenMinutesBack: ["esp-one-way", "retransmissions", "ike-init-unanswered", "dpd-timeout"],
  resetTo1970: ["esp-one-way", "retransmissions", "dpd-timeout", "ike-init-unanswered"],
  setFrom1970: ["esp-asymmetric-spi", "path-lost", "dpd-timeout"],
  // Nothing tells a clock that was set forward from an hour without a packet.
  anHourAhead: ["dpd-timeout", "path-lost", "esp-absent", "nat-keepalive-missing"],
  lowerBehind: ["retransmissions"],
  jitter: ["esp-reordered", "ike-init-unanswered", "retransmissions"],
};
/** Not a word of these about a tunnel that works, whatever is missing. */
const OF_FAULTS = ["dpd-timeout", "path-lost", "esp-one-way", "ike-init-unanswered", "natt-4500-unanswered"];

/** Two conditions at once. */
const TOGETHER: CaptureConditions = {
  "decrypted, a tenth dropped": then(CLEAR.decrypted, LOSSES.drops10),
  "bothSides, a tenth dropped": then(CLEAR.bothSides, LOSSES.drops10),
  "decrypted, ESP filtered out": then(CLEAR.decrypted, LOSSES.notEsp),
  "bothSides, ESP filtered out": then(CLEAR.bothSides, LOSSES.notEsp),
  "gatewayAny, in gaps": then(CLEAR.gatewayAny, LOSSES.gap),
  "gatewayAny, cut": then(CLEAR.gatewayAny, LOSSES.snap96),
  "spanTwice, a tenth dropped": then(COPIES.spanTwice, LOSSES.drops10),
  "paloAltoFiles, cut": then(COPIES.paloAltoFiles, LOSSES.snap96),
  "vxlan, in queues": then(LINKS.vxlan, CLOCKS.queues),
};

function then(first: CaptureCondition, second: CaptureCondition): CaptureCondition {
  return (frames, sniffer) => second(first(frames, sniffer), sniffer);
}

const HAVE_LINKS = /tagged|qinq|pppoe|mpls|pseudowire|fortigate/i;
const ROUTED = /router|paloAlto|checkPoint/;

/** Every condition, by what it does to a capture. */
export const FIELD_CONDITIONS: readonly FieldCondition[] = [
  ...each(LINKS, (name) => ({
    hides: [
      ...NO_OTHER_FRAMES,
      ...(HAVE_LINKS.test(name) ? [] : NO_LINK),
      ...(name === "vxlanCut" ? ["esp-fragmented"] : []),
    ],
    fits: (truth) => HAVE_LINKS.test(name) || needsNothingBeside(truth),
  })),
  ...each(COPIES, (name) => ({
    hides: [
      ...(/V1|vxlan/.test(name) ? NO_LINK : []),
      ...NO_OTHER_FRAMES,
      ...AMONG_COPIES,
      ...(UNCERTAIN[name] ?? []),
    ],
    shows: SHOWN[name] ?? [],
    // A gateway's own packets have no second view behind a router.
    fits: (truth) =>
      (!/V1|vxlan/.test(name) || needsNothingBeside(truth)) && (!ROUTED.test(name) || isBetween(truth)),
  })),
  ...each(CLEAR, (name) => ({
    // Of cooked links the frames that are no IP are gone.
    hides: [...ALL_DECRYPTED, ...(name === "gatewayAny" ? [...NO_OTHER_FRAMES, "esp-not-decrypted"] : [])],
    fits: isNear,
  })),
  ...each(onPrivatePeers(CLEAR), (name) => ({
    // A redirect names the addresses in a message.
    hides: [
      ...NO_LINK,
      ...ALL_DECRYPTED,
      "redirect-loop",
      ...(name.endsWith("gatewayAny") ? NO_OTHER_FRAMES : []),
    ],
    fits: isNear,
  })),
  ...each(LOSSES, (name) => ({
    keeps: "part",
    shows: SHOWN[name] ?? [],
    fits: (truth) => needsNothingBeside(truth) && !(name.startsWith("snap") && isScan(truth)),
  })),
  ...each(TOGETHER, () => ({
    keeps: "part",
    shows: [
      "esp-loss",
      ...OF_FAULTS,
      // A capture near the receiver looks like one between both ends there.
      "esp-blocked",
      "ike-auth-missing",
      "ike-fragmentation-not-negotiated",
      "ip-fragments-lost",
      "rekey-collision",
      "retransmissions",
    ],
    fits: (truth) => isNear(truth) && needsNothingBeside(truth),
  })),
  ...each(CLOCKS, (name) => ({ keeps: "part", shows: SHOWN[name] ?? [], fits: needsNothingBeside })),
  ...each(DIRECTIONS, (name) => ({ keeps: "part", shows: SHOWN[name] ?? [] })),
  ...each(LATE, () => ({ keeps: "part", fits: (truth) => isHealthy(truth) && !isScan(truth) })),
  ...each(EARLY, () => ({
    keeps: "part",
    counts: "faults",
    fits: (truth) => isHealthy(truth) && !UNTIL_MORE_IS_KNOWN.has(truth.file),
  })),
  ...each(HOLES, () => ({
    keeps: "part",
    counts: "faults",
    fits: (truth) => isHealthy(truth) && !NOTHING_ELSE.has(truth.file),
  })),
];

function onPrivatePeers(conditions: CaptureConditions): CaptureConditions {
  const all: CaptureConditions = { nothing: (frames) => frames, ...conditions };
  return Object.fromEntries(
    Object.entries(all).map(([name, condition]) => [
      `private peers, ${name}`,
      (frames, { local }) => condition(privatePeers(frames), { local: movedPeer(local) }),
    ]),
  );
}

/** A labelled capture, read. */
export interface Taken {
  readonly truth: Truth;
  readonly frames: readonly FieldFrame[];
  /** The peer where the sniffer stands; "" where it stands at none. */
  readonly local: string;
}

export async function read({ truth, open }: Labelled): Promise<Taken> {
  const { records } = await readAll(await open());
  const frames = fieldFrames(records);
  if (!isNear(truth)) return { truth, frames, local: "" };
  const { judgement } = await analyze(await open(), { reopen: open });
  const [initiator = "", responder = ""] = judgement.tunnels[0]?.tunnel.addresses ?? [];
  return { truth, frames, local: truth.vantage === "near-initiator" ? initiator : responder };
}

/** The judgement of a capture that was taken under that condition. */
export async function judgeTaken(
  { condition }: FieldCondition,
  { frames, local }: Taken,
): Promise<Judgement> {
  const files = fieldFiles(condition(frames, { local }));
  const readers = files.map((file, index) => new CaptureReader(new MemoryBytes(file), index));
  const { judgement, error } = await analyze(new MergedSource(readers));
  if (error !== null) throw error;
  return judgement;
}

const isOfRecording = (code: string): boolean => code.startsWith("capture-") || code === "clock-jump";

/** What is said of the tunnel and should not be, and what is not said and should be. */
export function faultsOf(
  { keeps, counts, hides, shows }: FieldCondition,
  { findings, status, soonAccept = [] }: Truth,
  judgement: Judgement,
): { readonly accused: readonly string[]; readonly lost: readonly string[] } {
  const said = judgement.findings
    .filter(({ severity, code }) => severity !== "info" && !isOfRecording(code))
    .map(({ code }): string => code);
  const isShown = (code: string): boolean =>
    shows.includes(code) && (status !== "healthy" || !OF_FAULTS.includes(code));
  const counted = counts === "faults" ? faults(judgement) : said;
  const accused = counted.filter(
    (code) => !findings.includes(code) && !soonAccept.includes(code) && !isShown(code),
  );
  const missing = findings.filter((code) => !isOfRecording(code) && !said.includes(code));
  const lost =
    keeps === "part" ? [] : missing.filter((code) => !hides.includes(code) && !TOLD_BY_LINKS.includes(code));
  // Checks prove health only where ESP would be in the capture, and the frames that prove that are gone.
  const isOnlyUp =
    status === "healthy" &&
    judgement.status === "up" &&
    judgement.observations.espPackets === 0 &&
    NO_OTHER_FRAMES.every((code) => hides.includes(code));
  const isOtherStatus = keeps === "whole" && missing.length === 0 && judgement.status !== status && !isOnlyUp;
  return { accused, lost: isOtherStatus ? [...lost, `status ${judgement.status}`] : lost };
}
