import { RULES } from "../../diagnosis/rules/index.js";
import { type ProcedureName, PROCEDURES } from "../../diagnosis/commands/procedure.js";
import type { Product } from "../../diagnosis/commands/product.js";
import { COMMON_PRODUCTS, PRODUCTS, productsOf } from "../../diagnosis/commands/products.js";
import type { JudgedTunnel, Judgement } from "../../diagnosis/judgement.js";
import { presentedJudgement } from "../presented-judgement.js";
import { shownJudgement } from "../shown-judgement.js";
import type { JoinedHost } from "../../joint/joined.js";
import { labelsIn } from "../../texts/languages.js";
import type { Texts } from "../../texts/texts.js";
import type { Presentation } from "../presentation.js";
import { renderMarkdown } from "../markdown/markdown.js";
import { findingCounts } from "../words.js";
import { worstFirst } from "../worst-first.js";
import { LazyList } from "./escape.js";
import { PageMessages } from "./messages.js";
import type { PageData } from "./page-data.js";
import type { PageEntry, PageKind, PageProcedure } from "./page-finding.js";
import type { PageTunnel } from "./page-tunnel.js";
import { pageTimeline } from "./timeline.js";
import { pageFinding, type PageRoom, pageTunnel } from "./tunnels.js";

/** Rows of all ladders together; tunnels beyond have none, the worst ones come first. */
const LADDER_ROWS = 12_000;

/** Tunnels of a page, the worst ones: a flood of forged peers must not make a page that no browser opens. */
const TUNNELS = 5000;

/** The data of a page, of which each tunnel is made when it is written: `messages` is complete after the last one. */
interface WrittenPageData extends Omit<PageData, "tunnels"> {
  readonly tunnels: LazyList<PageTunnel>;
}

/** The data of a page. The worst tunnels get the room there is for ladders and decoded messages. */
export function pageData(
  judged: Judgement,
  presentation: Presentation,
  hosts: readonly JoinedHost[] = [],
): WrittenPageData {
  const { clock } = presentation;
  const judgement = shownJudgement(presentedJudgement(judged, presentation));
  const { tunnels, findings, files } = judgement;
  const room: PageRoom = {
    messages: new PageMessages(presentation.texts),
    severalFiles: files.length > 1,
    ladderRows: LADDER_ROWS,
    presentation,
  };
  return {
    severalFiles: room.severalFiles,
    zone: clock.name,
    counts: statusCounts(tunnels),
    kinds: kindsOf(judgement),
    catalogue: catalogueOf(judgement, presentation.texts),
    findings: findings.filter(({ tunnel }) => tunnel === null).map((finding) => pageFinding(finding, room)),
    tunnels: new LazyList(pageTunnels(worstFirst(tunnels).slice(0, TUNNELS), room)),
    tunnelsLeftOut: Math.max(0, tunnels.length - TUNNELS),
    markdown: renderMarkdown(judged, presentation).trimEnd().split("\n"),
    labels: labelsIn(presentation.texts.language),
    messages: room.messages.all,
    timeline: pageTimeline(hosts, judged.tunnels, room.severalFiles, presentation),
  };
}

function* pageTunnels(tunnels: readonly JudgedTunnel[], room: PageRoom): Generator<PageTunnel> {
  for (const tunnel of tunnels) yield pageTunnel(tunnel, room);
}

/** How many tunnels have which status, the worst first. */
export function statusCounts(tunnels: readonly JudgedTunnel[]): PageData["counts"] {
  const counts = new Map<string, number>();
  for (const { status } of worstFirst(tunnels)) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => ({ status, count }));
}

/** Findings by code, whatever their severity: the filter does not tell them apart. */
export function kindsOf(judgement: Judgement): PageKind[] {
  const kinds = new Map<string, PageKind>();
  for (const { code, count } of findingCounts(judgement)) {
    kinds.set(code, { code, count: (kinds.get(code)?.count ?? 0) + count });
  }
  return [...kinds.values()];
}

/** The catalogue's part of the findings that the page has. */
export function catalogueOf({ findings, tunnels }: Judgement, texts: Texts): Record<string, PageEntry> {
  const codes = [...new Set(findings.map(({ code }) => code))];
  const products = shownProducts(tunnels);
  return Object.fromEntries(
    codes.map((code) => {
      const { title, remedies, references, commands = [] } = RULES[code];
      const entry: PageEntry = {
        title: texts.of(title),
        remedies: remedies.map((remedy) => texts.of(remedy)),
        references,
        procedures: commands.map((name) => procedureOf(name, products, texts)),
      };
      return [code, entry];
    }),
  );
}

/** The products that the captures show, and those that are common. */
function shownProducts(tunnels: Judgement["tunnels"]): readonly Product[] {
  const shown = new Set<Product>(COMMON_PRODUCTS);
  for (const { implementations } of tunnels) {
    for (const implementation of implementations) {
      if (implementation === null) continue;
      for (const product of productsOf(implementation.name)) shown.add(product);
    }
  }
  return PRODUCTS.filter((product) => shown.has(product));
}

function procedureOf(name: ProcedureName, products: readonly Product[], texts: Texts): PageProcedure {
  return {
    title: texts.of(PROCEDURES[name]),
    commands: products.flatMap(({ name: platform, commands }) => {
      const lines = commands[name];
      return lines === undefined ? [] : { platform, lines };
    }),
  };
}
