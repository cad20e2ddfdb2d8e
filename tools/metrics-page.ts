import { Exposition } from "../src/cli/live/exposition.js";

/** Prints docs/live/metrics.md from the tables that the command serves metrics by (npm run docs:metrics). */
const INTRODUCTION = `# Metrics of \`ikescope live\`

\`ikescope live -i eth0 --metrics [ADDR:]PORT\` serves these at \`/metrics\` in the text format of Prometheus, on 127.0.0.1 where no address is given; an IPv6 address stands in brackets. \`/healthz\` tells that the program runs. There is no encryption and no password: on another address than loopback, whoever reaches the port reads it.

Requests are answered for any address, for this host's own name, for localhost where it listens there, and for each \`--metrics-host NAME\`; others get 421, so that a web page cannot read the metrics by a name that its owner points here (DNS rebinding). Connections that are idle or slow give way to new ones.

[prometheus.yml](prometheus.yml) scrapes them, [alerts.yml](alerts.yml) has alert rules, [dashboard.json](dashboard.json) imports into Grafana 9 or later.

The number of series does not grow with what is on the wire: labels have few values, and those beyond are counted as "other". Counters count from the start of the program and never go down. No label holds an SPI.
`;

const SECTIONS = [
  {
    title: "The gateway",
    holds: (name: string) => name.startsWith("ikescope_") && !name.startsWith("ikescope_tunnel_"),
    text: "A tunnel is in one state: `failing` (a critical finding is raised), `down` (ended in order), `degraded` (works, and a warning is raised), `setting-up`, `up` (proven to work), `quiet` (worked, and nothing was heard for a while), `unknown`.",
  },
  {
    title: "Single tunnels",
    holds: (name: string) => name.startsWith("ikescope_tunnel_"),
    text: "With `--metrics-peers N` only, for the N worst tunnels: failing ones first, then in the order of the states above, of those alike the one that is known longest. Two addresses are `peer_a` and `peer_b` in the order of their text, whichever of them began. A tunnel that falls out of the first N has no series until it comes back; the counters of one that was given up and seen again begin anew.",
  },
  {
    title: "The process",
    holds: (name: string) => !name.startsWith("ikescope_"),
    text: "Without the capture program that it starts.",
  },
];

const metrics = (await Exposition.load({ version: "", peerLimit: 1 })).described();
let page = INTRODUCTION;
for (const { title, holds, text } of SECTIONS) {
  page += `\n## ${title}\n\n${text}\n\n| metric | type | labels | |\n|---|---|---|---|\n`;
  for (const { name, kind, labels, help } of metrics.filter((metric) => holds(metric.name))) {
    page += `| \`${name}\` | ${kind} | ${labels.map((label) => `\`${label}\``).join(" ")} | ${help} |\n`;
  }
}
process.stdout.write(page);
