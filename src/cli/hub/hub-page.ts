import { createHash, randomBytes } from "node:crypto";
import { printableJson } from "../../bytes/text.js";
import { renderFleetCsv } from "../../report/fleet/csv.js";
import { fleetEventJson } from "../../report/fleet/event.js";
import { FLEET_FILES, renderFleetPage } from "../../report/html/fleet/page.js";
import { FLEET_STYLE } from "../../report/html/fleet/style.js";
import type { Presentation } from "../../report/presentation.js";
import { servePages } from "../live/page-server.js";
import { addressAndPort, type ListenAddress } from "../values/listen-address.js";
import type { Served } from "./hub-metrics.js";
import type { HubView } from "./hub-view.js";

/** Bytes of the token, without which the address leads nowhere. */
const TOKEN_BYTES = 16;
const MICROS = 1000;
const MOST_WORDS = 200;

/** Serves the fleet as a page for a browser. Rejects with a UsageError where it cannot listen there. */
export async function startHubPage(
  address: ListenAddress,
  source: { view(): HubView },
  { presentation, hosts }: { readonly presentation: Presentation; readonly hosts: readonly string[] },
): Promise<Served> {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const style = createHash("sha256").update(FLEET_STYLE).digest("base64");
  const server = await servePages(
    address,
    [
      {
        path: `/${token}/`,
        contentType: "text/html; charset=utf-8",
        headers: {
          "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${style}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
          // The token is in the address.
          "Referrer-Policy": "no-referrer",
          "Cross-Origin-Resource-Policy": "same-origin",
        },
        text: (query) => {
          const page = Number(query.get("page") ?? "0");
          const words = (query.get("q") ?? "").slice(0, MOST_WORDS);
          return renderFleetPage(
            { ...source.view(), time: Date.now() * MICROS },
            { words, page: Number.isSafeInteger(page) && page > 0 ? page : 0 },
            presentation,
          );
        },
      },
      {
        path: `/${token}/${FLEET_FILES.tunnels}`,
        file: () => {
          const body = [...renderFleetCsv(source.view().tunnels, presentation.names)].join("");
          return Promise.resolve({ name: FLEET_FILES.tunnels, contentType: "text/csv; charset=utf-8", body });
        },
      },
      {
        path: `/${token}/${FLEET_FILES.findings}`,
        file: () => {
          const lines = source
            .view()
            .raised.map((event) => printableJson(JSON.stringify(fleetEventJson(event))));
          const body = lines.map((line) => `${line}\n`).join("");
          return Promise.resolve({ name: FLEET_FILES.findings, contentType: "application/x-ndjson", body });
        },
      },
    ],
    {
      option: "--page",
      hosts,
      notFound: "the address of the page is the whole one that ikescope printed",
    },
  );
  return { url: `http://${addressAndPort(server.address)}/${token}/`, close: () => server.close() };
}
