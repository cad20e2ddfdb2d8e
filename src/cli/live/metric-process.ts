import { readdirSync } from "node:fs";
import { type Metric, single } from "./metric.js";

/**
 * What is told of the process itself, under the names that all Prometheus clients use. prom-client has a set of its own,
 * which wakes the process a hundred times a second to measure the delay of its loop (docs/decisions/0011-metrics.md).
 */
export function processMetrics(): readonly Metric<unknown>[] {
  return [
    {
      name: "process_start_time_seconds",
      kind: "gauge",
      help: "When the process began, since 1970.",
      labels: [],
      read: () => single(performance.timeOrigin / 1000),
    },
    {
      name: "process_cpu_seconds_total",
      kind: "counter",
      help: "Processor time that the process used, without that of the capture program.",
      labels: [],
      read: () => {
        const { user, system } = process.cpuUsage();
        return single((user + system) / 1e6);
      },
    },
    {
      name: "process_resident_memory_bytes",
      kind: "gauge",
      help: "Memory of the process.",
      labels: [],
      read: () => single(process.memoryUsage.rss()),
    },
    {
      name: "process_open_fds",
      kind: "gauge",
      help: "Files and sockets that are open; absent where the system does not tell.",
      labels: [],
      read: () => {
        const open = openFiles();
        return open === null ? [] : single(open);
      },
    },
    {
      name: "nodejs_heap_size_used_bytes",
      kind: "gauge",
      help: "Memory that holds objects.",
      labels: [],
      read: () => single(process.memoryUsage().heapUsed),
    },
    {
      name: "nodejs_external_memory_bytes",
      kind: "gauge",
      help: "Memory outside of the heap, such as buffers.",
      labels: [],
      read: () => single(process.memoryUsage().external),
    },
  ];
}

/** Without the one that is open for looking. */
function openFiles(): number | null {
  try {
    return readdirSync("/proc/self/fd").length - 1;
  } catch {
    return null;
  }
}
