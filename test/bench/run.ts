import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeCollidingSpis, writeGatewayMix, writeRandomSpis, writeSmallPackets } from "./esp-captures.js";
import { writeIkeMix } from "./ike-captures.js";
import { writeFlood, writeIkeLife } from "./ike-life.js";
import { compare } from "./measure.js";
import { runShapes } from "./shapes/run-shapes.js";

/**
 * Times ikescope as a whole process beside other tools on captures that it makes itself. Medians of five alternating
 * runs, page cache warm; the machine's absolute speed is its own, the ratios are what counts.
 */
const IKESCOPE = [process.execPath, fileURLToPath(new URL("../../bin/ikescope.js", import.meta.url))];
const FILTER = "esp or udp port 500 or udp port 4500";

interface Bench {
  readonly name: string;
  readonly what: string;
  readonly items: number;
  readonly write: (path: string, count: number) => void;
  readonly commands: (
    path: string,
  ) => readonly { readonly name: string; readonly command: readonly string[] }[];
}

/** The whole analysis beside the tools that only look for the packets. */
function beside(path: string): ReturnType<Bench["commands"]> {
  const ikescope = [...IKESCOPE, "-f", "json"];
  return [
    { name: "ikescope --format json", command: [...ikescope, path] },
    { name: `tcpdump -w /dev/null '${FILTER}'`, command: ["tcpdump", "-r", path, "-w", "/dev/null", FILTER] },
    {
      name: "ikescope, from a pipe",
      command: ["sh", "-c", `cat '${path}' | ${[...ikescope, "-"].join(" ")}`],
    },
  ];
}

const besideTshark = (path: string): ReturnType<Bench["commands"]> => [
  ...beside(path),
  { name: "tshark -Y isakmp", command: ["tshark", "-r", path, "-Y", "isakmp"] },
];

const reports = (path: string): ReturnType<Bench["commands"]> => [
  { name: "ikescope --format json", command: [...IKESCOPE, "-f", "json", path] },
  { name: "ikescope --format text", command: [...IKESCOPE, path] },
];

const LIFE = {
  what: "IKE messages (D: of living tunnels, 100 each)",
  write: writeIkeLife,
  commands: reports,
};
const FLOOD = {
  what: "IKE_SA_INIT (of forged addresses, and one peer that fails amidst them)",
  write: writeFlood,
  commands: reports,
};

const BENCHES: readonly Bench[] = [
  {
    name: "gateway",
    what: "packets (A: 60 % ESP, 20 % ESP in UDP, 5 % IKE, 15 % other)",
    items: 1_200_000,
    write: writeGatewayMix,
    commands: besideTshark,
  },
  {
    name: "gateway-twice",
    what: "packets (A twice as long: memory should be the same)",
    items: 2_400_000,
    write: writeGatewayMix,
    commands: beside,
  },
  {
    name: "small",
    what: "packets (B: 166 bytes of ESP in UDP, over 2,000 streams)",
    items: 2_000_000,
    write: writeSmallPackets,
    commands: besideTshark,
  },
  {
    name: "random-spis",
    what: "packets (C: each with an SPI of its own)",
    items: 1_000_000,
    write: writeRandomSpis,
    commands: beside,
  },
  {
    name: "colliding-spis",
    what: "packets (E: as B, with SPIs made to collide in a table without a seed)",
    items: 2_000_000,
    write: writeCollidingSpis,
    commands: beside,
  },
  {
    name: "ike",
    what: "IKE messages of all kinds",
    items: 200_000,
    write: writeIkeMix,
    commands: (path) => [
      { name: "ikescope decode", command: [...IKESCOPE, "decode", path] },
      {
        name: "ikescope decode --filter",
        command: [...IKESCOPE, "decode", "--filter", "id=4294967295", path],
      },
      { name: "ikescope --format json", command: [...IKESCOPE, "-f", "json", path] },
      {
        name: "tshark -T fields",
        command: ["tshark", "-r", path, "-T", "fields", "-e", "isakmp.exchangetype"],
      },
      { name: "tcpdump -v", command: ["tcpdump", "-nv", "-r", path] },
    ],
  },
  { name: "life", items: 1_000_000, ...LIFE },
  { name: "life-half", items: 500_000, ...LIFE },
  { name: "flood", items: 1_000_000, ...FLOOD },
  { name: "flood-half", items: 500_000, ...FLOOD },
];

const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "ikescope-bench-"));
try {
  if (wanted[0] === "shapes") runShapes(wanted.slice(1), IKESCOPE, folder);
  for (const bench of BENCHES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    const path = join(folder, `${bench.name}.pcap`);
    bench.write(path, bench.items);
    const megabytes = Math.round(statSync(path).size / 2 ** 20);
    console.log(`${bench.name}: ${bench.items} ${bench.what}, ${megabytes} MB`);
    const commands = bench.commands(path);
    const results = compare(commands.map(({ command }) => command));
    const own = results[0]?.seconds;
    for (const [index, { name }] of commands.entries()) {
      const result = results[index];
      if (result == null) {
        console.log(`  ${name}: not measured (not installed, or it failed)`);
        continue;
      }
      const rate = Math.round(bench.items / result.seconds / 1000);
      const memory = result.megabytes === null ? "" : `, ${Math.round(result.megabytes)} MB`;
      const ratio =
        index === 0 || own === undefined
          ? ""
          : `, the first one takes ${(own / result.seconds).toFixed(2)} of that`;
      console.log(`  ${name}: ${result.seconds.toFixed(2)} s, ${rate} k/s${memory}${ratio}`);
    }
    rmSync(path);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
