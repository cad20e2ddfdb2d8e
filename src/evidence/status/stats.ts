import type { DaemonStats, Source } from "../record.js";

const BODY =
  /^(?:uptime: \d|worker threads: |job queues: |jobs scheduled: |IKE_SAs: |mallinfo: |loaded plugins: )/;

/** `swanctl --stats`. */
export class SwanctlStats {
  readonly #found: { -readonly [Key in keyof DaemonStats]: DaemonStats[Key] };

  constructor(source: Source) {
    this.#found = { source, workersTotal: null, workersIdle: null, ikeSas: null, halfOpen: null };
  }

  static begins(line: string): boolean {
    return /^(?:uptime: \d.*, since |worker threads: \d+ total, )/.test(line);
  }

  add(line: string): boolean {
    if (!BODY.test(line)) return false;
    const workers = /^worker threads: (\d{1,9}) total, (\d{1,9}) idle/.exec(line);
    if (workers !== null) {
      this.#found.workersTotal = Number(workers[1]);
      this.#found.workersIdle = Number(workers[2]);
    }
    const sas = /^IKE_SAs: (\d{1,9}) total, (\d{1,9}) half-open/.exec(line);
    if (sas !== null) {
      this.#found.ikeSas = Number(sas[1]);
      this.#found.halfOpen = Number(sas[2]);
    }
    return true;
  }

  get stats(): DaemonStats {
    return this.#found;
  }
}
