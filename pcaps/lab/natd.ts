/**
 * Recomputes the NAT detection hashes of captures: which are right for the addresses on the wire.
 * This is how the truth about `nat-detected` and `nat-forced-encapsulation` was checked.
 *
 *     npx tsx pcaps/lab/natd.ts CAPTURE...
 */
import { createHash } from "node:crypto";
import { attempt } from "./shell.js";

const fields =
  "frame.number ip.src udp.srcport ip.dst udp.dstport isakmp.ispi isakmp.rspi isakmp.notify.msgtype isakmp.notify.data isakmp.ike.nat_hash";
const hashNames: Record<number, string> = { 32: "md5", 40: "sha1", 64: "sha256", 96: "sha384" };

/** Hash(SPIi | SPIr | address | port): SHA-1 in IKEv2, the negotiated hash in IKEv1. */
function hash(name: string, spis: string, address: string, port: string): string {
  const bytes = [...address.split(".").map(Number), Number(port) >> 8, Number(port) & 255];
  return createHash(name).update(Buffer.from(spis, "hex")).update(Buffer.from(bytes)).digest("hex");
}

/** The claims of a message: whose address each hash is said to be of. */
function claims(types: string, data: string, natd: string): { source: boolean; value: string }[] {
  if (natd) return natd.split(",").map((value, index) => ({ source: index > 0, value }));
  const kinds = types.split(",").filter((kind) => kind === "16388" || kind === "16389");
  // Other notifies carry data too; a SHA-1 has 40 digits, and the hashes come in the order of the notifies.
  const values = data.split(",").filter((text) => text.length === 40);
  if (kinds.length !== values.length) return [];
  return values.map((value, index) => ({ source: kinds[index] === "16388", value }));
}

/** One line for a message that carries such hashes, nothing for others. */
function judge(line: string): string | undefined {
  const columns = line.split("\t");
  const [frame = "", from = "", fromPort = "", to = "", toPort = "", ispi = "", rspi = ""] = columns;
  const verdicts = claims(columns[7] ?? "", columns[8] ?? "", columns[9] ?? "").map(({ source, value }) => {
    const [address, port] = source ? [from, fromPort] : [to, toPort];
    const name = hashNames[value.length] ?? "sha1";
    const right = value === hash(name, ispi + rspi, address, port);
    return `${source ? "source" : "destination"} ${right ? "right" : "WRONG"}`;
  });
  if (verdicts.length === 0) return undefined;
  return `  frame ${frame} ${from}:${fromPort} > ${to}:${toPort} ${verdicts.join(", ")}`;
}

for (const file of process.argv.slice(2)) {
  const columns = fields.split(" ").flatMap((field) => ["-e", field]);
  // A capture that is cut short makes tshark fail after it has said what it could read.
  const { stdout } = await attempt("tshark", ["-r", file, "-Y", "isakmp", "-T", "fields", ...columns]);
  const lines = stdout
    .split("\n")
    .map(judge)
    .filter((line) => line !== undefined);
  console.log([file, ...lines].join("\n"));
}
