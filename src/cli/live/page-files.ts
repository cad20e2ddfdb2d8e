import type { Address } from "../../bytes/address.js";
import { isoTime } from "../../bytes/time.js";
import type { Judgement } from "../../diagnosis/judgement.js";
import { renderHtml, renderJson, renderMarkdown } from "../../index.js";
import type { LiveView } from "../../live/view.js";
import { LIVE_TABLE_FILES, LIVE_TUNNEL_FILES, type LiveFileForm } from "../../report/html/live/data.js";
import { renderLiveCsv } from "../../report/live/csv.js";
import type { KeptTunnel } from "../../session/model.js";
import type { Presentation } from "../../report/presentation.js";
import { areRolesProven } from "../../session/model/queries.js";
import { VERSION } from "../version.js";
import type { PagePackets } from "./page-packets.js";
import type { ServedFile } from "./route.js";

/** A running capture as the page asks about it. */
export interface PageView extends LiveView {
  /** All addresses that the ends of a tunnel are known by. */
  addressesOf(tunnel: number): readonly Address[];
  /** A tunnel as it is filed now, its streams as their counters stand; null where it is not known any more. */
  tunnelOf(tunnel: number): KeptTunnel | null;
}

/** The parts that files are made of. */
export interface PageFileParts {
  readonly view: PageView;
  /** Null where no packets are remembered. */
  readonly packets: PagePackets | null;
  readonly presentation: Presentation;
}

/** The form that a request names; null where there is none of that name. */
export function fileForm(name: string | null): LiveFileForm | null {
  return [...LIVE_TUNNEL_FILES, ...LIVE_TABLE_FILES].find((form) => form === name) ?? null;
}

/** A file of the table, or of a tunnel as it is judged now. Null where that is not known any more, or nothing of it is remembered. */
export async function pageFile(
  form: LiveFileForm,
  id: number,
  { view, packets, presentation }: PageFileParts,
): Promise<ServedFile | null> {
  if (form === "csv") {
    const { interface: on, tunnels } = view.snapshot();
    return {
      name: nameOf(on, "tunnels.csv"),
      contentType: "text/csv; charset=utf-8",
      body: [...renderLiveCsv(tunnels, presentation.names)].join(""),
    };
  }
  const judgement = Number.isSafeInteger(id) ? view.judgementOf(id) : null;
  const [judged] = judgement?.tunnels ?? [];
  if (judgement === null || judged === undefined) return null;
  const { interface: on, time } = view.snapshot();
  if (form === "html" || form === "markdown" || form === "json") {
    const { ending, contentType, text } = REPORTS[form];
    const name = nameOf(on, `tunnel-${id}-report.${ending}`);
    return { name, contentType, body: text(judgement, presentation) };
  }
  const isAnonymized = form === "anonymized";
  const { addresses: peers } = judged.tunnel;
  const rolesProven = areRolesProven(judged.tunnel);
  const subject = { peers, rolesProven, findings: judged.findings, time, interface: on };
  const body = (await packets?.evidenceOf(subject, view.addressesOf(id), isAnonymized)) ?? null;
  if (body === null) return null;
  const stamp = isoTime(time).slice(0, 19).replaceAll(/[-:]/g, "");
  const name = isAnonymized
    ? "anonymized-evidence.pcapng"
    : nameOf(on, `tunnel-${id}-evidence-${stamp}Z.pcapng`);
  return { name, contentType: "application/vnd.tcpdump.pcap", body };
}

interface ReportForm {
  readonly ending: string;
  readonly contentType: string;
  readonly text: (judgement: Judgement, presentation: Presentation) => string;
}

const REPORTS: Readonly<Record<"html" | "markdown" | "json", ReportForm>> = {
  html: {
    ending: "html",
    contentType: "text/html; charset=utf-8",
    text: (judgement, presentation) => renderHtml(judgement, VERSION, presentation),
  },
  markdown: { ending: "md", contentType: "text/markdown; charset=utf-8", text: renderMarkdown },
  json: {
    ending: "json",
    contentType: "application/json; charset=utf-8",
    text: (judgement, { names }) => [...renderJson(judgement, VERSION, names)].join(""),
  },
};

/** Harmless in a header and in any shell; a directory of `watch` gives its own name. */
function nameOf(on: string, rest: string): string {
  const last = on.split("/").findLast((part) => part !== "") ?? "";
  return `ikescope-${last.replaceAll(/[^\w.-]/g, "_").slice(0, 60)}-${rest}`;
}
