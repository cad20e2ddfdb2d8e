import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { renderHtml } from "../../../src/index.js";
import { embeddedJson, embeddedPieces, htmlText, LazyList } from "../../../src/report/html/escape.js";
import { generated, recorded, recordedAs } from "../../score/labelled.js";
import { judgeLabelled } from "../../score/score.js";
import { dataOf } from "../../support/html-page.js";
import { HOSTILE, hostileJudgement, STEERING } from "../../support/hostile.js";

const labelled = [...recorded(), ...generated()];

describe("the HTML page", () => {
  it.each(labelled.filter((_, index) => index % 7 === 0))(
    "of $truth.file holds its verdict and findings",
    async (capture) => {
      const { status, findings } = capture.truth;
      const html = renderHtml(await judgeLabelled(capture), "0.0.0");
      expect(html).toContain(`<span class="badge" data-status="${status}">`);
      const data = dataOf(html);
      const codes = [...data.tunnels.flatMap(({ findings: own }) => own), ...data.findings]
        .filter(({ severity }) => severity !== "info")
        .map(({ code }) => code);
      expect(codes.toSorted()).toEqual(findings.toSorted());
    },
  );

  it("allows its own script and style by their hashes, and nothing else", async () => {
    const html = renderHtml(await judgeLabelled(recordedAs("healthy-ikev2-initiator")), "0.0.0");
    const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    const hash = (text: string): string =>
      `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
    const [, style = ""] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
    const [, script = ""] = /<script>(.*?)<\/script>/s.exec(html) ?? [];
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `script-src ${hash(script)}`,
      `style-src ${hash(style)}`,
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(html).not.toMatch(/<[^>]+ (?:style|on[a-z]+)=/i);
    expect(html).not.toMatch(/(?:src|href)="(?!data:,|#)/);
  });

  it("names the competing explanations of a finding, each with its title", async () => {
    const data = dataOf(
      renderHtml(await judgeLabelled(recordedAs("port4500-blocked-nat-initiator")), "0.0.0"),
    );
    const rivals = data.tunnels.flatMap(({ findings }) => findings.flatMap((finding) => finding.rivals));
    expect(rivals.map(({ code, title }) => [code, title])).toEqual([
      ["ike-auth-unanswered", "The peer answers the first exchange, then never the authentication"],
    ]);
  });

  it("holds each decoded message once, however often it was sent", async () => {
    const capture = recordedAs("port4500-blocked-nat-initiator");
    const data = dataOf(renderHtml(await judgeLabelled(capture), "0.0.0"));
    expect(data.messages).toHaveLength(3);
    const rows = data.tunnels[0]?.ladder?.rows ?? [];
    expect(rows.map((row) => ("message" in row ? row.message : null))).toEqual([0, 1, 2, 2, 2, 2]);
  });
});

describe("a page of more tunnels than a browser takes", () => {
  it("holds the worst ones, and says how many there are", async () => {
    const judgement = await judgeLabelled(recordedAs("healthy-ikev2-initiator"));
    const [well] = judgement.tunnels;
    const [ill] = (await judgeLabelled(recordedAs("no-proposal-ikev2-initiator"))).tunnels;
    if (well === undefined || ill === undefined) throw new Error("no tunnel");
    const flood = Array.from({ length: 5000 }, () => well);
    const data = dataOf(renderHtml({ ...judgement, tunnels: [...flood, ill] }, "0.0.0"));
    expect(data.tunnels).toHaveLength(5000);
    expect(data.tunnels[0]?.status).toBe("failing");
    expect(data.tunnelsLeftOut).toBe(1);
  });
});

describe("text from packets in HTML", () => {
  const html = renderHtml(hostileJudgement(), "0.0.0");

  it("ends no element and begins none", () => {
    expect([...html.matchAll(/<script/gi)]).toHaveLength(2);
    expect([...html.matchAll(/<\/script/gi)]).toHaveLength(2);
    expect(html).not.toMatch(/<(?:img|b>b|!--)/i);
    expect(html).not.toMatch(STEERING);
  });

  it("comes out of the embedded data as it went in, made printable", () => {
    const [plain = ""] = HOSTILE;
    expect(JSON.stringify(dataOf(html))).toContain(JSON.stringify(plain).slice(1, -1));
  });

  it.each(HOSTILE)("%j is escaped for an element, for an attribute and for a script", (text) => {
    expect(htmlText(text)).not.toMatch(/[<>"']/);
    expect(embeddedJson({ text })).not.toMatch(/[<>&]/);
    expect(embeddedJson({ text })).not.toMatch(STEERING);
  });
});

describe("data that is embedded in pieces", () => {
  it.each([
    ["nothing", {}, {}],
    ["an empty list", { list: [] }, { list: new LazyList([]) }],
    [
      "a list between others",
      { first: "<a>", list: [{ id: 1 }, { id: 2 }], last: ["&"] },
      { first: "<a>", list: new LazyList([{ id: 1 }, { id: 2 }]), last: ["&"] },
    ],
  ])("is the same text as in one: %s", (_, whole, lazy) => {
    expect([...embeddedPieces(lazy)].join("")).toBe(embeddedJson(whole));
  });

  it("makes an item only when it is written", () => {
    const made: number[] = [];
    function* items(): Generator<number> {
      for (const item of [1, 2]) {
        made.push(item);
        yield item;
      }
    }
    const pieces = embeddedPieces({ list: new LazyList(items()) });
    for (const piece of pieces) if (piece === "[1") break;
    expect(made).toEqual([1]);
  });
});
