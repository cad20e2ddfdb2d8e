import { readFileSync } from "node:fs";
import { request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { type LivePage, startLivePage } from "../../../src/cli/live/live-page.js";
import { PagePackets } from "../../../src/cli/live/page-packets.js";
import { speakIn } from "../../../src/cli/standard-error.js";
import { textsIn } from "../../../src/texts/languages.js";
import { liveChange, liveSnapshot } from "../../../src/report/html/live/messages.js";
import type { LiveBytesMessage } from "../../../src/report/html/live/data.js";
import { PLAIN } from "../../../src/report/presentation.js";
import { PCAPS } from "../../score/truth.js";
import { judgeBytes } from "../../support/extract.js";
import { hostileJudgement, STEERING } from "../../support/hostile.js";
import { BlockedGateway, eventsOf } from "../../support/live/blocked-gateway.js";
import { snapshotOf, tunnelOf } from "../../support/live/quiet.js";
import { remembered } from "../../support/live/remembered.js";

const CAPTURE = readFileSync(new URL("port4500-blocked-nat-initiator.pcap", PCAPS));

const open: LivePage[] = [];
afterEach(async () => {
  for (const page of open.splice(0)) await page.close();
});

async function served(view?: BlockedGateway): Promise<LivePage> {
  const shown = view ?? (await BlockedGateway.create());
  const packets = new PagePackets(await remembered(CAPTURE), "ikescope test");
  const page = await startLivePage({ address: "127.0.0.1", port: 0 }, shown, {
    presentation: PLAIN,
    packets,
  });
  open.push(page);
  return page;
}

describe("the server of --page", () => {
  it("refuses in the language of the program", async () => {
    speakIn(textsIn("zh"));
    try {
      const { url } = await served();
      const elsewhere = await fetch(new URL("/elsewhere", url));
      expect([elsewhere.status, await elsewhere.text()]).toEqual([
        404,
        "页面地址是 ikescope 打印出的完整地址\n",
      ]);
      const posted = await fetch(url, { method: "POST" });
      expect([posted.status, await posted.text()]).toEqual([405, "这里不支持 POST\n"]);
    } finally {
      speakIn(textsIn("en"));
    }
  });

  it("gives a page that may ask where it came from, and nobody else", async () => {
    const { url } = await served();
    const response = await fetch(url);
    expect(response.status).toBe(200);
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      expect.stringMatching(/^script-src 'sha256-[^ ]+'$/),
      "connect-src 'self'",
      expect.stringMatching(/^style-src 'sha256-[^ ]+'$/),
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    const html = await response.text();
    expect(html).toContain(`content="${policy}"`);
    expect(html).not.toMatch(/(?:src|href)="(?!data:,|#)/);
  });

  it("leads nowhere without the token of its address, and does not tell it", async () => {
    const { url } = await served();
    const token = new URL(url).pathname;
    expect(token).toMatch(/^\/[\w-]{22}\/$/);
    for (const path of [
      "/",
      "/events",
      "/tunnel?id=1",
      "/metrics",
      token.slice(0, -2),
      token.toUpperCase(),
    ]) {
      const response = await fetch(new URL(path, url));
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain(token.slice(1, -1));
    }
    expect((await served()).url).not.toContain(token);
  });

  it("answers no page of another name that its owner points here", async () => {
    const { url } = await served();
    const status = await new Promise((resolve, reject) => {
      request(url, { headers: { host: "attacker.example" } }, ({ statusCode }) => resolve(statusCode))
        .on("error", reject)
        .end();
    });
    expect(status).toBe(421);
  });

  it("tells all once, then what is other", async () => {
    const view = await BlockedGateway.create();
    const { url } = await served(view);
    const events = await eventsOf(`${url}events`);
    const snapshot = await events.next();
    expect(snapshot).toMatchObject({ name: "snapshot", data: { rows: [{ id: 1, state: "setting-up" }] } });
    view.blocks();
    // Another page that comes has all told what is new by then.
    const others = await eventsOf(`${url}events`);
    expect(await others.next()).toMatchObject({
      name: "snapshot",
      data: { rows: [{ id: 1, state: "failing" }] },
    });
    expect(await events.next()).toMatchObject({
      name: "change",
      data: { rows: [{ id: 1, state: "failing", codes: ["natt-4500-unanswered"] }], order: null },
    });
    await events.end();
    await others.end();
  });

  it("gives a tunnel as it is judged now, in either language, and none that is not known", async () => {
    const { url } = await served();
    const judged = await (await fetch(`${url}tunnel?id=1&lang=en`)).json();
    expect(judged).toMatchObject({
      tunnel: { id: 1, findings: [{ code: "natt-4500-unanswered" }, { code: "nat-detected" }] },
    });
    expect(await (await fetch(`${url}tunnel?id=1&lang=zh`)).text()).toMatch(/\p{Script=Han}/u);
    for (const id of ["2", "", "x", "1e99", "-1"]) {
      expect((await fetch(`${url}tunnel?id=${id}`)).status).toBe(404);
    }
  });

  it("gives the bytes of a message of a tunnel, and of none that it does not know or remember", async () => {
    const { url } = await served();
    const { bytes, fields } = (await (
      await fetch(`${url}bytes?id=1&frame=6&message=1`)
    ).json()) as LiveBytesMessage;
    expect(CAPTURE.includes(Buffer.from(bytes, "base64"))).toBe(true);
    expect(fields.map(({ name }) => name)).toEqual(expect.arrayContaining(["Header", "SA (33)", "KE (34)"]));
    for (const query of [
      "id=2&frame=6",
      "frame=6",
      "id=1",
      "id=1&frame=x",
      "id=1&frame=999999",
      "id=1&frame=1e99",
    ]) {
      expect((await fetch(`${url}bytes?${query}&message=1`)).status).toBe(404);
    }
  });

  it("gives files of a tunnel as it is judged now, and the table of all of them", async () => {
    const { url } = await served();
    const names = await Promise.all(
      ["html", "markdown", "json", "csv"].map(async (form) => {
        const response = await fetch(`${url}file?form=${form}&id=1`);
        expect(response.status).toBe(200);
        expect(await response.text()).toContain(
          form === "csv" ? "\r\n1,setting-up," : "natt-4500-unanswered",
        );
        return response.headers.get("content-disposition");
      }),
    );
    expect(names).toEqual([
      'attachment; filename="ikescope-eth0-tunnel-1-report.html"',
      'attachment; filename="ikescope-eth0-tunnel-1-report.md"',
      'attachment; filename="ikescope-eth0-tunnel-1-report.json"',
      'attachment; filename="ikescope-eth0-tunnels.csv"',
    ]);
    expect(await (await fetch(`${url}file?form=markdown&id=1&lang=zh`)).text()).toMatch(/\p{Script=Han}/u);
    for (const query of ["form=html", "form=html&id=2", "form=x&id=1", "id=1", "form=evidence&id=2"]) {
      expect((await fetch(`${url}file?${query}`)).status).toBe(404);
    }
  });

  it.each(["evidence", "anonymized"])("gives the packets of a tunnel as a capture (%s)", async (form) => {
    const { url } = await served();
    const response = await fetch(`${url}file?form=${form}&id=1`);
    expect(response.headers.get("content-disposition")).toMatch(
      form === "evidence"
        ? /"ikescope-eth0-tunnel-1-evidence-\d{8}T\d{6}Z\.pcapng"$/
        : /"anonymized-evidence\.pcapng"$/,
    );
    const { findings } = await judgeBytes(new Uint8Array(await response.arrayBuffer()));
    expect(findings[0]?.code).toBe("natt-4500-unanswered");
  });

  it("has no packets where none are remembered", async () => {
    const view = await BlockedGateway.create();
    const page = await startLivePage({ address: "127.0.0.1", port: 0 }, view, { presentation: PLAIN });
    open.push(page);
    for (const query of ["bytes?id=1&frame=6&message=1", "file?form=evidence&id=1"]) {
      expect((await fetch(`${page.url}${query}`)).status).toBe(404);
    }
    expect((await fetch(`${page.url}file?form=json&id=1`)).status).toBe(200);
  });

  it("ends all when it is closed", async () => {
    const page = await served();
    const events = await eventsOf(`${page.url}events`);
    await events.next();
    await page.close();
    expect(await events.next()).toBeNull();
  });

  it("makes text of packets harmless", async () => {
    const hostile = hostileJudgement();
    const [first] = hostile.tunnels;
    if (first === undefined) throw new Error("no tunnel");
    const { url } = await served(new BlockedGateway(hostile, first.tunnel.id));
    const text = await (await fetch(`${url}tunnel?id=${first.tunnel.id}`)).text();
    expect(text).toContain("onerror");
    expect(text).not.toMatch(STEERING);
  });
});

describe("what a page is told", () => {
  const before = liveSnapshot(
    snapshotOf({ tunnels: [tunnelOf({ id: 1, state: "up" }), tunnelOf({ id: 2, state: "up" })] }),
    PLAIN,
  );

  it("is nothing of tunnels that are as they were", () => {
    expect(liveChange(before, before)).toEqual({ state: before.state, rows: [], order: null });
  });

  it("is the order where one became worse, came or went", () => {
    const worse = liveSnapshot(
      snapshotOf({ tunnels: [tunnelOf({ id: 1, state: "up" }), tunnelOf({ id: 2, state: "failing" })] }),
      PLAIN,
    );
    expect(liveChange(before, worse)).toMatchObject({ rows: [{ id: 2 }], order: [2, 1] });
    const fewer = liveSnapshot(snapshotOf({ tunnels: [tunnelOf({ id: 2, state: "up" })] }), PLAIN);
    expect(liveChange(before, fewer)).toMatchObject({ rows: [], order: [2] });
  });

  it("is the worst 2,000 of very many, and how many there are beside", () => {
    const many = Array.from({ length: 3000 }, (_, id) =>
      tunnelOf({ id: id + 1, state: id % 1000 === 999 ? "failing" : "up" }),
    );
    const { rows, state } = liveSnapshot(snapshotOf({ tunnels: many }), PLAIN);
    expect(rows.length).toBe(2000);
    expect(rows.slice(0, 4).map(({ id }) => id)).toEqual([1000, 2000, 3000, 1]);
    expect(state).toMatchObject({
      tunnelsLeftOut: 1000,
      counts: [
        { state: "failing", count: 3 },
        { state: "up", count: 2997 },
      ],
    });
  });
});
