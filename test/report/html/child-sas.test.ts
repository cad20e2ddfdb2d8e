import { describe, expect, it } from "vitest";
import { openedTunnel } from "../../../src/report/html/overview.js";
import { PLAIN } from "../../../src/report/presentation.js";
import { textsIn } from "../../../src/texts/languages.js";
import { recordedAs } from "../../score/labelled.js";
import { judgeLabelled } from "../../score/score.js";

describe("why two directions are paired", () => {
  it.each([
    ["en", "likely: both began after the same IKE_AUTH and before the next exchange of its kind"],
    ["zh", "\u5f88\u53ef\u80fd\uff1a\u4e24\u8005\u90fd\u5728\u540c\u4e00\u6b21 IKE_AUTH \u4e4b\u540e"],
  ] as const)("is said in the language of the page (%s)", async (language, said) => {
    const [judged] = (await judgeLabelled(recordedAs("esp-loss-responder"))).tunnels;
    if (judged === undefined) throw new Error("no tunnel");
    const { tunnel } = openedTunnel(judged, false, { ...PLAIN, texts: textsIn(language) });
    expect(tunnel.childSas[0]?.pairedBy).toContain(said);
  });
});
