import { printableJson } from "../bytes/text.js";
import type { Judgement } from "../diagnosis/judgement.js";
import { clientJson, contextOf, reportedFinding } from "./json.js";

/**
 * A line of JSON for each finding: what an item of `findings` in the report is, with the status, the peers and the client of its tunnel, and
 * the names of the captures, to whose places its evidence points, where they are several.
 */
export function* renderNdjson(judgement: Judgement): Generator<string> {
  const context = contextOf(judgement);
  const tunnels = new Map(judgement.tunnels.map((judged) => [judged.tunnel.id, judged]));
  const captures = context.severalFiles ? { captures: judgement.files.map(({ file }) => file) } : {};
  for (const finding of judgement.findings) {
    const judged = finding.tunnel === null ? undefined : tunnels.get(finding.tunnel);
    const line = {
      status: judged?.status ?? null,
      peers: judged === undefined ? null : [...judged.tunnel.addresses],
      client: clientJson(judged?.tunnel.client ?? null),
      ...reportedFinding(finding, context),
      ...captures,
    };
    yield `${printableJson(JSON.stringify(line))}\n`;
  }
}
