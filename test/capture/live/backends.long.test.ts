import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from "vitest";
import { captureFilter } from "../../../src/capture/filter.js";
import type { LiveBackend, LiveOptions } from "../../../src/capture/node/live/live-capture.js";
import { CaptureReader } from "../../../src/capture/reader.js";
import type { ByteSource } from "../../../src/capture/source.js";
import { until } from "../../../pcaps/lab/shell.js";
import { MemoryBytes } from "../../support/capture/memory-bytes.js";
import { Cable } from "../../support/live/network.js";
import { NODE_PATH, type Watch, WatchProgram } from "../../support/live/watch.js";
import { itIf } from "../../support/require.js";

const CAPTURE = fileURLToPath(new URL("../../../pcaps/healthy-ikev2-initiator.pcap", import.meta.url));
/** 489 packets of 962 bytes on average. */
const LARGE_PACKETS = fileURLToPath(
  new URL("../../../pcaps/healthy-esp-upload-initiator.pcap", import.meta.url),
);
/** What ikescope captures itself, and the same where VLAN tags cannot be spoken of. */
const IPSEC = captureFilter({ hosts: [], tagged: true });
const IPSEC_UNTAGGED = captureFilter({ hosts: [], tagged: false });
const ETHERNET = 1;
const ETHERNET_HEADER = 14;
/** Linux cooked capture, version 1 and 2, and the length of its header. */
const COOKED: Readonly<Record<number, number>> = { 113: 16, 276: 20 };

function succeeds(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { env: { ...process.env, NODE_PATH } }).status === 0;
}

const CAN_REPLAY = process.getuid?.() === 0 && succeeds("ip", "netns", "list") && succeeds("tcpreplay", "-V");

interface Kind {
  readonly backend: LiveBackend;
  readonly clock: "kernel" | "host";
  readonly isThere: boolean;
  /** Becomes somebody who may not capture. Of cap the repository has to be readable, so that is root without power. */
  readonly powerless: readonly string[];
  readonly permissionAdvice: string;
  readonly installAdvice: string;
  /** What it knows of losses where there were none: while it runs, and once it has ended. */
  readonly drops: readonly [number | null, number | null];
}

const NOBODY = ["setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups", "--bounding-set=-all"];

const KINDS: readonly Kind[] = [
  {
    backend: "tcpdump",
    clock: "kernel",
    isThere: succeeds("tcpdump", "--version"),
    powerless: NOBODY,
    permissionAdvice: "setcap cap_net_raw,cap_net_admin+eip $(command -v tcpdump)",
    installAdvice: "apt install tcpdump",
    drops: [0, 0],
  },
  {
    backend: "dumpcap",
    clock: "kernel",
    isThere: succeeds("dumpcap", "--version"),
    powerless: NOBODY,
    permissionAdvice: "join the group wireshark",
    installAdvice: "apt install wireshark-common",
    drops: [null, 0],
  },
  {
    backend: "cap",
    clock: "host",
    isThere: succeeds(process.execPath, "-e", "require('cap')"),
    powerless: ["setpriv", "--inh-caps=-all", "--bounding-set=-all"],
    permissionAdvice: "AmbientCapabilities=CAP_NET_RAW",
    installAdvice: "npm install cap",
    drops: [null, null],
  },
];

/** The frames of the capture that is replayed, as far as a filter keeps them. */
function sentFrames(filter: string): Promise<readonly string[]> {
  const { stdout } = spawnSync("tcpdump", ["-r", CAPTURE, "-w", "-", "--", filter], { maxBuffer: 2 ** 24 });
  return framesOf(new MemoryBytes(stdout));
}

async function framesOf(bytes: ByteSource): Promise<readonly string[]> {
  const reader = new CaptureReader(bytes);
  const frames: string[] = [];
  do {
    while (reader.next()) {
      const { bytes: all, start, end } = reader.record;
      frames.push(Buffer.from(all.subarray(start, end)).toString("hex"));
    }
  } while (await reader.fill());
  return frames;
}

describe.each(KINDS)("a live capture by $backend", (kind) => {
  const { backend } = kind;
  const live = itIf(kind.isThere && CAN_REPLAY, `needs root, network namespaces, tcpreplay and ${backend}`);
  let program: WatchProgram;
  let cable: Cable;
  let watch: Watch | null = null;

  beforeAll(async () => {
    program = await WatchProgram.make();
  });
  afterAll(() => program.remove());
  beforeEach(async () => {
    cable = new Cable(backend);
    if (CAN_REPLAY) await cable.lay();
  });
  afterEach(async () => {
    await watch?.kill();
    watch = null;
    if (CAN_REPLAY) await cable.remove();
  });

  function options(changes: Partial<LiveOptions> = {}): LiveOptions {
    return { interface: cable.watched, filter: IPSEC, snapLength: 65_535, bufferKiB: 4096, ...changes };
  }

  function start(changes: Partial<LiveOptions> = {}, supervise = false): Watch {
    watch = program.start(cable.inside, { backend, options: options(changes), supervise });
    return watch;
  }

  live("gives the packets byte for byte, with the clock that it says", async () => {
    const sent = await sentFrames(IPSEC);
    const watching = start();
    const [open] = await watching.until("open");
    expect(open).toMatchObject({ backend, clock: kind.clock });
    const before = Date.now() * 1000;
    await cable.replay(CAPTURE);
    const packets = await watching.until("packet", sent.length);
    expect(packets.map(({ hex }) => hex)).toEqual(sent);
    for (const { hex, originalLength, linkType, time } of packets) {
      expect(originalLength).toBe(hex.length / 2);
      expect(linkType).toBe(ETHERNET);
      // A minute either way: it is this time of day and not 1970 or a thousandth of it.
      expect(Math.abs(time - before)).toBeLessThan(60e6);
    }
  });

  live("cuts packets at the snap length and keeps their length on the wire", async () => {
    const sent = await sentFrames(IPSEC);
    const watching = start({ snapLength: 90 });
    await watching.until("open");
    await cable.replay(CAPTURE);
    const packets = await watching.until("packet", sent.length);
    expect(packets.map(({ hex }) => hex)).toEqual(sent.map((frame) => frame.slice(0, 180)));
    expect(packets.map(({ originalLength }) => originalLength)).toEqual(
      sent.map((frame) => frame.length / 2),
    );
  });

  live("captures on all interfaces at once", async () => {
    const sent = await sentFrames(IPSEC_UNTAGGED);
    const watching = start({ interface: "any", filter: IPSEC_UNTAGGED });
    await watching.until("open");
    await cable.replay(CAPTURE);
    const packets = await watching.until("packet", sent.length);
    expect(packets.map(({ hex, linkType }) => hex.slice(2 * (COOKED[linkType] ?? 0)))).toEqual(
      sent.map((frame) => frame.slice(2 * ETHERNET_HEADER)),
    );
  });

  live("leaves out what the filter does not name", async () => {
    const watching = start({ filter: "udp port 500" });
    await watching.until("open");
    await cable.replay(CAPTURE);
    const expected = await sentFrames("udp port 500");
    await watching.until("packet", expected.length);
    watching.say("close");
    await watching.until("closed");
    expect(watching.packets.map(({ hex }) => hex)).toEqual(expected);
  });

  live("says that there is no such interface, and which there are", async () => {
    const [fault] = await start({ interface: "nosuch0", filter: "udp" }).until("fault");
    expect(fault?.fault).toBe("missing-interface");
    expect(fault?.message).toBe("there is no interface nosuch0: there are ikw0, lo and any (see ip link)");
  });

  live("says what is wrong with a filter", async () => {
    for (const filter of ["udp port", "host nosuch.invalid", "--version", "udp\nport \u001b[31m"]) {
      const watching = start({ filter });
      const [fault] = await watching.until("fault");
      expect(fault?.fault, filter).toBe("bad-filter");
      expect(fault?.message).toMatch(/^the capture filter is refused: .{5}/);
      expect(fault?.message).not.toMatch(/[^\x20-\x7e]/);
      await watching.kill();
    }
  });

  live("says that the interface is down", async () => {
    await cable.up(false);
    const [fault] = await start().until("fault");
    expect(fault).toMatchObject({
      fault: "interface-down",
      message: "the interface ikw0 is down: ip link set ikw0 up",
    });
  });

  live("says what to install where it is missing", async () => {
    const request = { backend, options: options(), supervise: false };
    watch = program.start([...cable.inside, "env", "PATH=/nonexistent", "NODE_PATH="], request);
    const [fault] = await watch.until("fault");
    expect(fault?.fault).toBe("missing-tool");
    expect(fault?.message).toContain(kind.installAdvice);
  });

  live("says how to get the permission that is missing", async () => {
    const request = { backend, options: options(), supervise: false };
    watch = program.start([...cable.inside, ...kind.powerless], request);
    const [fault] = await watch.until("fault");
    expect(fault?.fault).toBe("permission");
    expect(fault?.message).toContain(kind.permissionAdvice);
  });

  live("tells of losses what it knows, and lives on when it is asked", async () => {
    const watching = start({}, true);
    await watching.until("open");
    watching.say("ask");
    expect((await watching.until("drops")).map(({ drops }) => drops)).toEqual([kind.drops[0]]);
    watching.say("stop");
    await watching.until("closed");
    watching.say("ask");
    expect((await watching.until("drops", 2)).at(-1)?.drops).toBe(kind.drops[1]);
  });

  live("counts what was lost while nobody read", async () => {
    const watching = start({ bufferKiB: 128 });
    await watching.until("open");
    let lost: number | null = null;
    // On a busy machine the kernel loses what cap does not take in time, which cap cannot count. Large packets fill cap's own
    // queue, which it counts, sooner. An answer may be late, so it is asked for until it tells a loss.
    for (let rounds = 1; (lost ?? 0) === 0; rounds++) {
      watching.freeze(true);
      await cable.replay(LARGE_PACKETS, 25);
      watching.freeze(false);
      if (backend === "dumpcap") {
        watching.say("close");
        lost = (await watching.until("ended"))[0]?.drops ?? 0;
        break;
      }
      watching.say("ask");
      lost = (await watching.until("drops", rounds)).at(-1)?.drops ?? null;
    }
    expect(lost).toBeGreaterThan(0);
  });

  live("leaves no process behind when it is closed", async () => {
    const watching = start();
    const [open] = await watching.until("open");
    expect(await cable.processes()).toContain(open?.pid);
    watching.say("close");
    await watching.until("closed");
    await until("only the watcher is left", async () => (await cable.processes()).length === 1);
    const [ended] = await watching.until("ended");
    expect(ended?.ending.kind).toBe("closed");
  });

  live("leaves no process behind when ikescope itself is killed", async () => {
    const watching = start();
    await watching.until("open");
    await watching.kill();
    await until("no process is left", async () => (await cable.processes()).length === 0);
  });

  live("is begun again when its process is killed", async () => {
    const sent = await sentFrames(IPSEC);
    const watching = start({}, true);
    const [open] = await watching.until("open");
    process.kill(open?.pid ?? Number.NaN, "SIGKILL");
    expect(await watching.untilChange("lost")).toBe(
      `The capture on ikw0 was lost: ${backend} was ended by SIGKILL; it is begun again in 1 s.`,
    );
    expect(await watching.untilChange("resumed")).toMatch(/^The capture on ikw0 runs again; /);
    await cable.replay(CAPTURE);
    const packets = await watching.until("packet", sent.length);
    expect(packets.map(({ hex }) => hex)).toEqual(sent);
    watching.say("stop");
    await watching.until("closed");
    await until("no process is left", async () => (await cable.processes()).length <= 1);
  });

  live("goes on when an interface that went away is back", async () => {
    const sent = await sentFrames(IPSEC);
    const watching = start({}, true);
    await watching.until("open");
    await cable.unplug();
    expect(await watching.untilChange("lost")).toContain("the interface ikw0 went away");
    expect(await watching.untilChange("waiting")).toBe(
      "The interface ikw0 is gone; the capture goes on when it is back.",
    );
    await cable.plug();
    await watching.untilChange("resumed");
    await cable.replay(CAPTURE);
    const packets = await watching.until("packet", sent.length);
    expect(packets.map(({ hex }) => hex)).toEqual(sent);
  });

  live("sees packets again when the interface was down and is up", async () => {
    const sent = await sentFrames(IPSEC);
    const watching = start({}, true);
    await watching.until("open");
    await cable.up(false);
    await cable.up(true);
    // tcpdump and dumpcap live through it; cap does not, and is begun again.
    if (backend === "cap") await watching.untilChange("resumed");
    await cable.replay(CAPTURE);
    const packets = await watching.until("packet", sent.length);
    expect(packets.map(({ hex }) => hex)).toEqual(sent);
  });
});
