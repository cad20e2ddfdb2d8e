import { Option } from "commander";
import { READ } from "../live/flags.js";

/** Prometheus, for all commands that watch. */
export function metricsOption(): Option {
  return new Option(
    "--metrics <listen>",
    "serve Prometheus at this port of loopback, or at address:port",
  ).argParser(READ.metrics);
}

/** A page for a browser. */
export function pageOption(): Option {
  return new Option(
    "--page <listen>",
    "serve the tunnels as a page for a browser, at an address that is printed",
  ).argParser(READ.page);
}

/** Names by which the two may be asked. */
export function metricsHostOption(): Option {
  return new Option(
    "--metrics-host <name...>",
    "answer requests for this name too; by default for addresses and this host's own name",
  ).argParser(READ.metricsHost);
}
