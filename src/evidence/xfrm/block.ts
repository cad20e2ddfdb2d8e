import type { XfrmPolicy, XfrmState, XfrmTemplate } from "../record.js";
import { ifIdField, lifetimeTimes, reqidField, spiField, wordAfter } from "./fields.js";

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The fields of one entry of `ip xfrm state`, `policy` or `monitor`, as far as its lines were read. */
export interface XfrmBlock {
  kind: "unknown" | "state" | "policy";
  readonly state: Writable<XfrmState>;
  readonly policy: Writable<XfrmPolicy>;
  /** The part of the entry that the next lines belong to: "lifetime current" has the counters, "lifetime config" limits. */
  part: "head" | "config" | "current" | "stats" | "template";
  hasKeys: boolean;
  hasSelector: boolean;
}

/** First words of the lines of an entry; iproute2 up to 6.19. */
const BODY_WORDS = new Set(
  (
    "proto replay-window auth auth-trunc aead enc comp encap coa anti-replay seq-hi replay_window lifetime limit: expire add " +
    "stats: sel flag mark output-mark if_id dir socket tmpl level enc-mask security crypto offload tfcpad lastused pcpu-num " +
    "action optional src-mask ptype index priority dev last extra_flag"
  ).split(" "),
);
const HEAD = /^src ([0-9a-fA-F.:]{2,45}(?:\/\d{1,3})?) dst ([0-9a-fA-F.:]{2,45}(?:\/\d{1,3})?)(?:\s.*)?$/;
const BITMAP = /^\s*[0-9a-f]{8}(?: [0-9a-f]{8})*\s*$/;
const MOST_SELECTOR = 100;

/** An entry that the line begins; null where it begins none. `lead` is what stands before "src" in it. */
export function beginBlock(line: string, source: XfrmState["source"]): XfrmBlock | null {
  const match = HEAD.exec(line);
  if (match === null) return null;
  const [, src = "", dst = ""] = match;
  return {
    kind: "unknown",
    part: "head",
    hasKeys: false,
    hasSelector: false,
    state: {
      source,
      src,
      dst,
      protocol: "esp",
      spi: 0,
      reqid: 0,
      mode: "tunnel",
      ifId: null,
      mark: null,
      offloaded: false,
      larval: false,
      bytes: null,
      packets: null,
      replay: null,
      failed: null,
      sequence: null,
      own: null,
      added: null,
      used: null,
    },
    policy: {
      source,
      src: src.slice(0, MOST_SELECTOR),
      dst: dst.slice(0, MOST_SELECTOR),
      direction: "out",
      ofSocket: false,
      ifId: null,
      mark: null,
      action: "allow",
      template: null,
      used: null,
    },
  };
}

/** Adds a line to the entry; false where it is none of its lines. */
export function addToBlock(block: XfrmBlock, line: string): boolean {
  const text = line.trim();
  const word = text.split(/\s/, 1)[0] ?? "";
  if (!BODY_WORDS.has(word) && !BITMAP.test(line)) return false;
  if (block.kind === "unknown") block.kind = word === "proto" ? "state" : "policy";
  if (word === "lifetime") block.part = text.includes("current") ? "current" : "config";
  else if (word === "stats:") block.part = "stats";
  if (block.kind === "state") addToState(block, word, text);
  else addToPolicy(block, word, text);
  return true;
}

function addToState(block: XfrmBlock, word: string, text: string): void {
  const { state } = block;
  switch (word) {
    case "proto":
      state.protocol = wordAfter(text, "proto") ?? "esp";
      state.spi = spiField(text) ?? 0;
      state.reqid = reqidField(text) ?? 0;
      state.mode = wordAfter(text, "mode") ?? "tunnel";
      break;
    case "auth":
    case "auth-trunc":
    case "aead":
    case "enc":
      block.hasKeys = true;
      break;
    case "sel":
      block.hasSelector = true;
      break;
    case "crypto":
    case "offload":
      state.offloaded = true;
      break;
    case "mark":
      state.mark = wordAfter(text, "mark");
      break;
    case "if_id":
      state.ifId = ifIdField(text);
      break;
    case "dir":
      state.own = ownEnd(state, /^dir out\b/.test(text), /^dir in\b/.test(text));
      break;
    case "anti-replay":
    case "seq-hi":
      addSequence(state, text);
      break;
    case "replay-window":
      if (block.part === "stats") addStats(state, text);
      break;
    default:
      addCurrent(block, state, text);
  }
}

/** "anti-replay context: seq 0x3, oseq 0x0, bitmap 0x7"; with ESN "seq-hi 0x0, seq 0x3, oseq-hi 0x0, oseq 0x0" on its own line. */
function addSequence(state: XfrmBlock["state"], text: string): void {
  const match = /\bseq 0x([0-9a-f]{1,8}), (?:oseq-hi 0x[0-9a-f]{1,8}, )?oseq 0x([0-9a-f]{1,8})\b/.exec(text);
  if (match === null) return;
  const [received, sent] = [Number.parseInt(match[1] ?? "", 16), Number.parseInt(match[2] ?? "", 16)];
  state.sequence = Math.max(received, sent);
  state.own ??= ownEnd(state, sent > 0, received > 0);
}

function ownEnd({ src, dst }: XfrmBlock["state"], sends: boolean, receives: boolean): string | null {
  if (sends === receives) return null;
  return sends ? src : dst;
}

/** "replay-window 0 replay 8 failed 0": packets that were refused, by why. */
function addStats(state: XfrmBlock["state"], text: string): void {
  const match = /\breplay (\d{1,10}) failed (\d{1,10})/.exec(text);
  if (match === null) return;
  state.replay = Number(match[1]);
  state.failed = Number(match[2]);
}

function addCurrent(block: XfrmBlock, state: XfrmBlock["state"] | null, text: string): void {
  if (block.part !== "current") return;
  const times = lifetimeTimes(text);
  if (times === null) return;
  if (state === null) block.policy.used = times.used;
  else [state.added, state.used] = [times.added, times.used];
}

/** "420(bytes), 5(packets)": the only line of an entry that begins with a number. */
const CURRENT = /^\s*(\d{1,20})\(bytes\), (\d{1,20})\(packets\)\s*$/;

/** Takes the counters of `-s`; false where the line is not that of counters. */
export function addCounters(block: XfrmBlock, line: string): boolean {
  const match = CURRENT.exec(line);
  if (match === null) return false;
  if (block.kind === "state" && block.part === "current") {
    block.state.bytes = Number(match[1]);
    block.state.packets = Number(match[2]);
  }
  return true;
}

function addToPolicy(block: XfrmBlock, word: string, text: string): void {
  const { policy } = block;
  switch (word) {
    case "dir":
    case "socket": {
      const direction = wordAfter(text, word);
      if (direction === "in" || direction === "out" || direction === "fwd") policy.direction = direction;
      policy.ofSocket = word === "socket";
      if (/\baction block\b/.test(text)) policy.action = "block";
      break;
    }
    case "tmpl": {
      const match = /^tmpl src (\S{2,45}) dst (\S{2,45})/.exec(text);
      if (match === null || policy.template !== null) break;
      block.part = "template";
      policy.template = {
        src: match[1] ?? "",
        dst: match[2] ?? "",
        protocol: "esp",
        spi: 0,
        reqid: 0,
        mode: "tunnel",
        optional: false,
      };
      break;
    }
    case "proto":
      if (block.part === "template" && policy.template?.reqid === 0) {
        policy.template = templateWith(policy.template, text);
      }
      break;
    case "level":
      if (policy.template !== null && /^level use\b/.test(text)) {
        policy.template = { ...policy.template, optional: true };
      }
      break;
    case "if_id":
      policy.ifId = ifIdField(text);
      break;
    case "mark":
      policy.mark = wordAfter(text, "mark");
      break;
    default:
      addCurrent(block, null, text);
  }
}

function templateWith(template: XfrmTemplate, text: string): XfrmTemplate {
  return {
    ...template,
    protocol: wordAfter(text, "proto") ?? "esp",
    spi: spiField(text) ?? 0,
    reqid: reqidField(text) ?? 0,
    mode: wordAfter(text, "mode") ?? "tunnel",
    optional: /\blevel use\b/.test(text),
  };
}

/** The state of a block that is whole. Without keys and with a selector it waits for the daemon. */
export function stateOf({ state, hasKeys, hasSelector }: XfrmBlock): XfrmState {
  return { ...state, larval: !hasKeys && (hasSelector || state.spi === 0) && state.protocol !== "comp" };
}
