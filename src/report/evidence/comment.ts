import { printable } from "../../bytes/text.js";
import { CUT_MARK, EXTRACT_MARK, PLACES_MARK, THINNED_MARK } from "../../bytes/extract-mark.js";
import { isCutShort } from "../../diagnosis/extracts.js";
import { isLostInExtract } from "../../diagnosis/needs.js";
import type { JudgedTunnel, Judgement } from "../../diagnosis/judgement.js";
import { verdictWord } from "../words.js";
import { inEnglish } from "../../texts/texts.js";

/** Findings that are named in the comment; the rest are counted. */
const FINDINGS = 24;

/**
 * The comments of an extract's section: the mark, the verdict, its findings, and which of them cannot be drawn from the
 * extract again. `thinned`: not all packets of the ESP streams are there.
 */
export function evidenceComments(
  judgement: Judgement,
  chosen: readonly JudgedTunnel[],
  { thinned, isEspWhole }: { readonly thinned: boolean; readonly isEspWhole: boolean },
): string[] {
  const { headline, files, tunnels, observations } = judgement;
  const codes = [
    ...new Set(judgement.findings.filter(({ severity }) => severity !== "info").map(({ code }) => code)),
  ];
  const lost = codes.filter((code) => isLostInExtract(code, thinned));
  const names = files.map(({ file }) => file).join(", ");
  const lines = [
    thinned ? THINNED_MARK : EXTRACT_MARK,
    ...(codes.includes("lost-between-captures") ? [PLACES_MARK] : []),
    ...(files.some(isCutShort) ? [CUT_MARK] : []),
    `${inEnglish(verdictWord(judgement))}  ${headline}`,
    `Findings: ${codes.length === 0 ? "none above info" : listed(codes)}.`,
    `Frames of ${names} (${observations.packets} packets, ${chosen.length} of ${tunnels.length} tunnels); each says why it is here. ESP is ${isEspWhole ? "whole, and the keys that open it are in this file" : "cut to its headers"}${thinned ? ", and of long streams the first and last packets are kept" : ""}.`,
  ];
  if (lost.length > 0) lines.push(`Only the whole capture shows for sure: ${listed(lost)}.`);
  return lines.map(printable);
}

function listed(codes: readonly string[]): string {
  const more = codes.length - FINDINGS;
  return `${codes.slice(0, FINDINGS).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
