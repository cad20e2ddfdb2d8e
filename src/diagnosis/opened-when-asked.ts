import type { KeptTunnel } from "../session/model.js";
import { type Setup, setupsOf } from "./context.js";
import type { JudgedTunnel } from "./judgement.js";

/** A judged tunnel that holds nothing of its exchanges: they are unpacked each time that its setups are asked for. */
export class OpenedWhenAsked implements JudgedTunnel {
  readonly tunnel: KeptTunnel;
  readonly childSas: JudgedTunnel["childSas"];
  readonly vantage: JudgedTunnel["vantage"];
  readonly nat: JudgedTunnel["nat"];
  readonly implementations: JudgedTunnel["implementations"];
  readonly suite: JudgedTunnel["suite"];
  readonly comparison: JudgedTunnel["comparison"];
  readonly status: JudgedTunnel["status"];
  readonly isUp: JudgedTunnel["isUp"];
  readonly standing: JudgedTunnel["standing"];
  readonly next: JudgedTunnel["next"];
  readonly failingPhase: JudgedTunnel["failingPhase"];
  readonly findings: JudgedTunnel["findings"];
  readonly told: JudgedTunnel["told"];
  readonly since: JudgedTunnel["since"];
  readonly isStray: boolean;

  constructor(tunnel: KeptTunnel, judged: Omit<JudgedTunnel, "tunnel" | "setups">) {
    this.tunnel = tunnel;
    this.childSas = judged.childSas;
    this.vantage = judged.vantage;
    this.nat = judged.nat;
    this.implementations = judged.implementations;
    this.suite = judged.suite;
    this.comparison = judged.comparison;
    this.status = judged.status;
    this.isUp = judged.isUp;
    this.standing = judged.standing;
    this.next = judged.next;
    this.failingPhase = judged.failingPhase;
    this.findings = judged.findings;
    this.told = judged.told;
    this.since = judged.since;
    this.isStray = judged.isStray;
  }

  get setups(): readonly Setup[] {
    return setupsOf({ ikeSas: this.tunnel.ikeSas.map((sa) => sa.open()) });
  }
}
