import type { JudgedTunnel, Judgement } from "../../diagnosis/judgement.js";
import { presentedJudgement } from "../presented-judgement.js";
import { shownJudgement } from "../shown-judgement.js";
import type { Presentation } from "../presentation.js";
import { worstFirst } from "../worst-first.js";
import { pageHead } from "./head.js";
import { PageMessages } from "./messages.js";
import type { PageData, PageHead, PageList } from "./page-data.js";
import type { PageTunnel } from "./page-tunnel.js";
import type { PageMessage } from "./page-ladder.js";
import { catalogueOf, kindsOf, statusCounts } from "./data.js";
import { pageFinding, pageTunnel, pageTunnelRow } from "./tunnels.js";

/** Rows of the ladder of one tunnel. */
const LADDER_ROWS = 300;

/** A judgement of which each tunnel has a row only: who shows it asks for more of one when it is looked at. */
export interface PageOverview
  extends PageList, Pick<PageData, "severalFiles" | "zone" | "catalogue" | "findings"> {
  readonly head: PageHead;
}

export function pageOverview(judged: Judgement, presentation: Presentation): PageOverview {
  const { clock } = presentation;
  const whole = presentedJudgement(judged, presentation);
  const judgement = shownJudgement(whole);
  const { tunnels, findings, files } = judgement;
  const severalFiles = files.length > 1;
  const room = { messages: new PageMessages(presentation.texts), severalFiles, ladderRows: 0, presentation };
  return {
    head: pageHead(judgement, presentation, whole),
    severalFiles,
    zone: clock.name,
    counts: statusCounts(tunnels),
    kinds: kindsOf(judgement),
    catalogue: catalogueOf(judgement, presentation.texts),
    findings: findings.filter(({ tunnel }) => tunnel === null).map((finding) => pageFinding(finding, room)),
    tunnels: worstFirst(tunnels).map((tunnel) => pageTunnelRow(tunnel, room)),
    tunnelsLeftOut: 0,
  };
}

/** One tunnel with its ladder and the messages that it points to. */
export function openedTunnel(
  judged: JudgedTunnel,
  severalFiles: boolean,
  presentation: Presentation,
): { readonly tunnel: PageTunnel; readonly messages: readonly PageMessage[] } {
  const messages = new PageMessages(presentation.texts);
  const tunnel = pageTunnel(judged, { messages, severalFiles, ladderRows: LADDER_ROWS, presentation });
  return { tunnel, messages: messages.all };
}
