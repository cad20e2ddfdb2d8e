import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

export const HAVE_TSHARK = spawnSync("tshark", ["--version"]).status === 0;
export const NO_TSHARK = "tshark is not installed";

/** What tshark reads in clear of one IKE message. */
export interface TsharkMessage {
  readonly frame: number;
  readonly exchange: number;
  readonly messageId: number;
  /** Types of all payloads in order, proposals and transforms left out. */
  readonly payloads: readonly number[];
  readonly notifies: readonly number[];
  /** Transform types of IKEv2 in order. */
  readonly transformTypes: readonly number[];
  /** Transform IDs by IKEv2 transform type, each list in order. */
  readonly transformIds: Readonly<Record<number, readonly number[]>>;
  /** Transform IDs of IKEv1. */
  readonly transformIdsV1: readonly number[];
  readonly groups: readonly number[];
  /** tshark's own judgement. */
  readonly malformed: boolean;
}

const FIELDS = [
  "frame.number",
  "isakmp.exchangetype",
  "isakmp.messageid",
  "isakmp.typepayload",
  "isakmp.notify.msgtype",
  "isakmp.tf.type",
  "isakmp.tf.id.encr",
  "isakmp.tf.id.prf",
  "isakmp.tf.id.integ",
  "isakmp.tf.id.dh",
  "isakmp.tf.id.esn",
  "isakmp.trans.id",
  "isakmp.key_exchange.dh_group",
  "_ws.malformed",
] as const;

/** Proposal and Transform are payloads to tshark. */
const SUBSTRUCTURES: readonly number[] = [2, 3];

/** The IKE messages of a capture as tshark reads them; messages that an ICMP error quotes or TCP carries are left out. */
export async function tsharkMessages(file: string): Promise<TsharkMessage[]> {
  const fields = FIELDS.flatMap((field) => ["-e", field]);
  const filter = ["-Y", "isakmp && !icmp && !icmpv6 && !tcp", "-T", "fields"];
  // A file that is cut short makes tshark fail after it has printed what it read.
  const { stdout } = await run("tshark", ["-n", "-r", file, ...filter, ...fields]).catch(
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? "" }),
  );
  return stdout.split("\n").filter(Boolean).map(parseLine);
}

function parseLine(line: string): TsharkMessage {
  const columns = line.split("\t");
  const numbers = (field: (typeof FIELDS)[number]): number[] =>
    (columns[FIELDS.indexOf(field)] ?? "").split(",").filter(Boolean).map(Number);
  return {
    frame: numbers("frame.number")[0] ?? 0,
    exchange: numbers("isakmp.exchangetype")[0] ?? -1,
    messageId: numbers("isakmp.messageid")[0] ?? -1,
    payloads: numbers("isakmp.typepayload").filter((type) => !SUBSTRUCTURES.includes(type)),
    notifies: numbers("isakmp.notify.msgtype"),
    transformTypes: numbers("isakmp.tf.type"),
    transformIds: {
      1: numbers("isakmp.tf.id.encr"),
      2: numbers("isakmp.tf.id.prf"),
      3: numbers("isakmp.tf.id.integ"),
      4: numbers("isakmp.tf.id.dh"),
      5: numbers("isakmp.tf.id.esn"),
    },
    transformIdsV1: numbers("isakmp.trans.id"),
    groups: numbers("isakmp.key_exchange.dh_group"),
    malformed: (columns[FIELDS.indexOf("_ws.malformed")] ?? "") !== "",
  };
}
