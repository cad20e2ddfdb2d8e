import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Room for the fields of all messages of the largest capture. */
const MAX_BUFFER = 1 << 28;

/** Comes with tshark. */
const MERGECAP = "mergecap";

const version = spawnSync("tshark", ["--version"], { encoding: "utf8" });
export const HAVE_TSHARK = version.status === 0 && spawnSync(MERGECAP, ["--version"]).status === 0;
export const NO_TSHARK = "tshark with mergecap is not installed";
/** "4.0.17", for the name of a test. */
export const TSHARK_VERSION = /\d+(?:\.\d+)+/.exec(version.stdout ?? "")?.[0] ?? "absent";

/**
 * What is compared of a message: field names of tshark, and how a value is read. Fields of proposals, transforms and
 * attributes occur once for each of them, in order.
 */
const FIELDS = {
  "isakmp.ispi": "hex",
  "isakmp.rspi": "hex",
  "isakmp.version": "number",
  "isakmp.exchangetype": "number",
  "isakmp.flags": "number",
  "isakmp.messageid": "number",
  "isakmp.length": "number",
  "isakmp.typepayload": "number",
  "isakmp.prop.number": "number",
  "isakmp.prop.protoid": "number",
  "isakmp.prop.transforms": "number",
  "isakmp.tf.type": "number",
  "isakmp.tf.id.encr": "number",
  "isakmp.tf.id.prf": "number",
  "isakmp.tf.id.integ": "number",
  "isakmp.tf.id.dh": "number",
  "isakmp.tf.id.esn": "number",
  "isakmp.trans.number": "number",
  "isakmp.trans.id": "number",
  "isakmp.ike2.attr.type": "number",
  "isakmp.ike2.attr.value": "hex",
  "isakmp.ike.attr.type": "number",
  "isakmp.ike.attr.value": "hex",
  "isakmp.notify.msgtype": "number",
  "isakmp.notify.protoid": "number",
  "isakmp.notify.data": "hex",
  "isakmp.notify.data.accepted_dh_group": "number",
  "isakmp.notify.data.signature_hash_algorithms": "number",
  "isakmp.delete.protoid": "number",
  "isakmp.delete.spi": "hex",
  "isakmp.key_exchange.dh_group": "number",
  "isakmp.key_exchange.data": "length",
  "isakmp.nonce": "hex",
  "isakmp.vid_bytes": "hex",
  "isakmp.ike.nat_hash": "hex",
  "isakmp.id.type": "number",
  "isakmp.id.protoid": "number",
  "isakmp.id.port": "number",
  "isakmp.id.data.ipv4_addr": "text",
  "isakmp.id.data.fqdn": "text",
  "isakmp.cert.encoding": "number",
  "isakmp.certreq.type": "number",
  "isakmp.ike.certreq.authority": "hex",
  "isakmp.auth.method": "number",
  "isakmp.auth.data": "hex",
  "isakmp.ts.type": "number",
  "isakmp.ts.protoid": "number",
  "isakmp.ts.start_port": "number",
  "isakmp.ts.end_port": "number",
  "isakmp.ts.start_ipv4": "text",
  "isakmp.ts.end_ipv4": "text",
  "isakmp.cfg.type": "number",
  "isakmp.cfg.attr.type": "number",
  "isakmp.hash": "hex",
  "isakmp.sig": "hex",
  "isakmp.frag.number": "number",
  "isakmp.frag.total": "number",
} as const satisfies Readonly<Record<string, "number" | "hex" | "text" | "length">>;

export type TsharkField = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as TsharkField[];

/** One IKE message as tshark reads it in clear: the values of each field in order. */
export interface TsharkMessage {
  /** Frame within all of the files. */
  readonly frame: number;
  readonly fields: Readonly<Record<TsharkField, readonly (number | string)[]>>;
  /** tshark's own judgement. */
  readonly malformed: boolean;
}

/** Proposal and Transform are payloads to tshark. */
const SUBSTRUCTURES: readonly (number | string)[] = [2, 3];

/**
 * The IKE messages of captures one after the other as tshark reads them, frames counted on from file to file. Messages
 * that an ICMP error quotes or TCP carries are left out. A file by itself may end within a record. With `keys`, rows of its tables of IKE keys, it decrypts.
 */
export async function tsharkMessages(
  files: readonly string[],
  keys: readonly string[] = [],
): Promise<TsharkMessage[]> {
  const folder = await mkdtemp(join(tmpdir(), "ikescope-tshark-"));
  try {
    const [only = "", ...others] = files;
    const merged = others.length === 0 ? only : join(folder, "merged.pcapng");
    if (others.length > 0) await run(MERGECAP, ["-a", "-w", merged, ...files]);
    const columns = ["frame.number", "_ws.malformed", ...FIELD_NAMES].flatMap((field) => ["-e", field]);
    const filter = ["-Y", "isakmp && !icmp && !icmpv6 && !tcp", "-T", "fields"];
    const preferences = keys.flatMap((row) => ["-o", `uat:${tableOf(row)}:${row}`]);
    const stdout = await printed(["-n", ...preferences, "-r", merged, ...filter, ...columns]);
    return stdout.split("\n").filter(Boolean).map(parseLine);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Rows of IKEv1 keys have two columns. */
function tableOf(row: string): string {
  return row.split(",").length === 2 ? "ikev1_decryption_table" : "ikev2_decryption_table";
}

/** Addresses and protocols of packets inside of ESP that tshark opens with rows of its table esp_sa, by SPI. */
export async function tsharkInside(file: string, rows: readonly string[]): Promise<Map<number, Set<string>>> {
  const columns = ["esp.spi", "ip.src", "ip.dst", "ip.proto"].flatMap((field) => ["-e", field]);
  const preferences = rows.flatMap((row) => ["-o", `uat:esp_sa:${row}`]);
  const decode = ["-o", "esp.enable_encryption_decode:TRUE", "-o", "esp.enable_authentication_check:TRUE"];
  const stdout = await printed([
    "-n",
    ...decode,
    ...preferences,
    "-r",
    file,
    "-Y",
    "esp",
    "-T",
    "fields",
    ...columns,
  ]);
  const found = new Map<number, Set<string>>();
  for (const line of stdout.split("\n").filter(Boolean)) {
    const [spi = "", sources = "", destinations = "", protocols = ""] = line.split("\t");
    const [source, destination, protocol] = [sources, destinations, protocols].map(
      (text) => text.split(",")[1],
    );
    if (source === undefined) continue;
    const inside = found.get(Number(spi)) ?? new Set();
    inside.add(`${source} ${destination} ${protocol}`);
    found.set(Number(spi), inside);
  }
  return found;
}

/** The output of tshark; for a file that ends within a record, of which it complains, up to there. */
async function printed(args: readonly string[]): Promise<string> {
  try {
    return (await run("tshark", args, { maxBuffer: MAX_BUFFER })).stdout;
  } catch (error) {
    const isCutShort =
      error instanceof Error && error.message.includes("cut short in the middle of a packet");
    if (isCutShort && "stdout" in error) return String(error.stdout);
    throw error;
  }
}

function parseLine(line: string): TsharkMessage {
  const [frame, malformed, ...columns] = line.split("\t");
  const fields = Object.fromEntries(
    FIELD_NAMES.map((name, index) => [name, parseColumn(name, columns[index] ?? "")]),
  ) as Record<TsharkField, (number | string)[]>;
  fields["isakmp.typepayload"] = fields["isakmp.typepayload"].filter((type) => !SUBSTRUCTURES.includes(type));
  return { frame: Number(frame), fields, malformed: malformed !== "" };
}

function parseColumn(name: TsharkField, column: string): (number | string)[] {
  const values = column.split(",").filter((value) => value !== "");
  const kind = FIELDS[name];
  if (kind === "number") return values.map(Number);
  if (kind === "text") return values;
  const hex = values.map((value) => (value === "<MISSING>" ? "" : value));
  return kind === "hex" ? hex : hex.map((value) => value.length / 2);
}
