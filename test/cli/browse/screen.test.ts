// Escape sequences are what this is about.
// oxlint-disable no-control-regex
import { Buffer } from "node:buffer";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { FrameRef } from "../../../src/bytes/frame.js";
import { openCaptures } from "../../../src/capture/node/open.js";
import type { CaptureWork } from "../../../src/cli/browse/captures.js";
import { type MessageTexts, readMessages } from "../../../src/cli/browse/messages.js";
import { BrowseScreen } from "../../../src/cli/browse/screen.js";
import type { Judgement } from "../../../src/index.js";
import { PLAIN } from "../../../src/report/presentation.js";
import { textsIn } from "../../../src/texts/languages.js";
import { recordedAs } from "../../score/labelled.js";
import { judgeLabelled } from "../../score/score.js";
import { FakeInput, FakeOutput } from "../../support/live/fake-terminal.js";

const NAME = "port4500-blocked-initiator";
const FILE = fileURLToPath(new URL(`../../../pcaps/${NAME}.pcap`, import.meta.url));

/** Reads the capture itself, and writes nothing. */
class FakeWork implements CaptureWork {
  readonly meter = { read: 0, total: null };
  readonly asked: ReadonlySet<FrameRef>[] = [];
  fault: Error | null = null;

  async messages(frames: ReadonlySet<FrameRef>, signal: AbortSignal): Promise<MessageTexts> {
    this.asked.push(frames);
    if (this.fault !== null) throw this.fault;
    return readMessages(await openCaptures([FILE]), frames, { files: [FILE] }, null, signal);
  }

  async writeEvidence(): Promise<string> {
    if (this.fault !== null) throw this.fault;
    return Promise.resolve("new-tunnel-1.pcapng");
  }
}

let judgement: Judgement;
let [stdout, stdin, work] = [new FakeOutput(), new FakeInput(), new FakeWork()];
let screen: BrowseScreen;

beforeAll(async () => {
  judgement = await judgeLabelled(recordedAs(NAME));
});

beforeEach(() => {
  [stdout, stdin, work] = [new FakeOutput(), new FakeInput(), new FakeWork()];
  stdout.rows = 40;
  stdout.columns = 100;
  screen = new BrowseScreen({ judgement, fault: null }, work, { stdin, stdout }, { colour: false });
  screen.start();
});

afterEach(() => screen.stop());

/** Waits until something was written that holds this text, and gives that piece. */
async function until(text: string | RegExp): Promise<string> {
  const isIt = (piece: string): boolean =>
    typeof text === "string" ? piece.includes(text) : text.test(piece);
  await expect.poll(() => stdout.written.some(isIt), { timeout: 10_000 }).toBe(true);
  return stdout.written.find(isIt) ?? "";
}

function type(text: string): void {
  stdout.written.length = 0;
  stdin.write(text);
}

describe("the screen of judged tunnels", () => {
  it("opens a tunnel to its findings and ladder, and a message to its fields and bytes", async () => {
    await until("q quit");
    type("\r");
    await until("CRITICAL  natt-4500-unanswered");
    // The first message stands below the title, the peers and the heads of the columns.
    type("\t\t\t\u001b[B\u001b[B\u001b[B\r");
    const message = await until("Initiator SPI");
    expect(message).toContain("IKEv2 IKE_SA_INIT request 0");
    type("G");
    expect(await until(/of 101/)).toMatch(/01c0 {2}([0-9a-f]{2} ){8} ([0-9a-f]{2} ){8} \|.{16}\|/);
  });

  it("reads the capture once for all messages of a tunnel", async () => {
    await until("q quit");
    type("\r");
    await until("CRITICAL");
    type("\t\t\t\u001b[B\u001b[B\u001b[B\r");
    await until("Initiator SPI");
    type("\t");
    await until("IKE_SA_INIT response 0");
    type("\t\t");
    await until("IKE_AUTH request 1");
    expect(work.asked).toHaveLength(1);
  });

  it("says why a message cannot be shown", async () => {
    work.fault = new Error("it is gone\u001b[2J");
    await until("q quit");
    type("\r");
    await until("CRITICAL");
    type("\t\t\t\u001b[B\u001b[B\u001b[B\r");
    expect(await until("it is gone")).toContain("it is gone\\x1b[2J");
  });

  it("shows the display filter, asks the terminal to copy it, and keeps it", async () => {
    await until("q quit");
    type("y");
    const asked = await until("\u001b]52;c;");
    const [, copied = ""] = /\u001b\]52;c;([^\u0007]+)\u0007/.exec(asked) ?? [];
    const filter = Buffer.from(copied, "base64").toString();
    expect(filter).toMatch(/^ip\.addr == 192\.0\.2\.10 && ip\.addr == 198\.51\.100\.20 && \(isakmp /);
    await until("Wireshark's display filter for all packets of tunnel 1");
    expect(screen.lastFilter).toBe(filter);
  });

  it("says where the evidence is, or why there is none", async () => {
    await until("q quit");
    type("w");
    await until("The evidence of tunnel 1 is in new-tunnel-1.pcapng");
    expect(screen.written).toEqual(["new-tunnel-1.pcapng"]);
    work.fault = new Error("the disk is full");
    type("w");
    await until("No evidence was written: the disk is full");
    expect(screen.isWorking).toBe(false);
  });

  it("draws anew when the size changes, also smaller than a picture needs", async () => {
    await until("q quit");
    stdout.written.length = 0;
    [stdout.columns, stdout.rows] = [30, 4];
    stdout.emit("resize");
    const text = await until("\u001b[2J");
    expect(text).toContain("\u001b[4;1H");
    expect(text).not.toContain("\u001b[5;1H");
  });

  it("writes Chinese to those who chose it, whatever the locale says", async () => {
    vi.stubEnv("LC_ALL", "C");
    const presentation = { ...PLAIN, texts: textsIn("zh") };
    const chinese = new BrowseScreen({ judgement, fault: null }, work, { stdin, stdout }, { presentation });
    screen.stop();
    stdout.written.length = 0;
    chinese.start();
    try {
      expect(await until("q 退出")).not.toContain("quit");
    } finally {
      chinese.stop();
      vi.unstubAllEnvs();
    }
  });

  it.each([["q"], ["\u0003"]])("ends with %j, the terminal given back before", async (key) => {
    await until("q quit");
    type(key);
    await screen.quit;
    expect(stdout.written.at(-1)).toContain("\u001b[?1049l");
    expect(stdin.isRaw).toBe(false);
  });

  it("ends when the terminal is gone", async () => {
    await until("q quit");
    stdin.end();
    await screen.quit;
    expect(stdin.isRaw).toBe(false);
  });

  it("survives whatever is typed, and writes no control character but its own", async () => {
    await until("q quit");
    let seed = 11;
    for (let round = 0; round < 60; round++) {
      const bytes = Uint8Array.from({ length: 40 }, () => {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
        const byte = (seed >> 16) & 255;
        // What ends it, or stops the whole job, has tests of its own.
        return byte === 3 || byte === 26 || byte === 0x71 ? 13 : byte;
      });
      stdin.write(bytes);
      await new Promise((resolve) => setImmediate(resolve));
    }
    type("\u0003");
    await screen.quit;
    const text = stdout.written
      .join("")
      .replaceAll(/\u001b\[[?\d;]*[a-zA-Z]/g, "")
      .replaceAll(/\u001b\]52;c;[\w+/=]*\u0007/g, "");
    expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  });
});
