import type { Association } from "./association.js";
import type { ChildSas } from "./child-sas.js";
import type { Configuration, Surroundings } from "./configuration.js";
import type { Content, IkeMessage } from "./exchange.js";
import type { IkeSas } from "./ike-sas.js";
import type { ChildPair } from "./kernel.js";

interface Parts {
  readonly around: Surroundings;
  readonly configuration: Configuration;
  readonly ikeSas: IkeSas;
  readonly children: ChildSas;
  readonly opens: () => void;
  readonly isSetUp: (association: Association, child: ChildPair | null) => void;
  readonly replaces: (association: Association) => void;
}

/** The initial exchanges of an IKEv2 daemon: IKE_SA_INIT, and IKE_AUTH with or without EAP (RFC 7296 section 1.2, 2.16). */
export class Setup {
  /** The user is being asked. */
  isAsking = false;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The initiator goes on after an answer; false where the answer is none of a setup. */
  answered(association: Association, asked: Content, answer: Content): boolean {
    const { configuration, children, isSetUp } = this.#parts;
    const { refuses, eap } = configuration;
    if (answer.is === "cookie") {
      association.restarts({ is: "init", hasCookie: true });
    } else if (answer.is === "no-proposal" || answer.is === "auth-refused" || answer.is === "eap-failure") {
      this.#again(association);
    } else if (asked.is === "init") {
      association.request({ is: eap === null ? "auth" : "eap-start", child: children.pair() });
    } else if (asked.is === "rejects") {
      this.#again(association);
    } else if (answer.is === "eap-request") {
      if (asked.is !== "eap-start" && asked.is !== "eap-answer") return true;
      if (refuses === "certificate" && answer.round === 0) association.request({ is: "rejects" });
      else if (refuses === "certificate-silently" && answer.round === 0) this.#again(association);
      else this.#answersEap(association, asked.child, answer.round);
    } else if (answer.is === "eap-success") {
      if (asked.is === "eap-answer") association.request({ is: "eap-proof", child: asked.child });
    } else if (answer.is === "set-up") {
      if (refuses === "response") association.request({ is: "rejects" });
      else isSetUp(association, answer.child);
    } else {
      return false;
    }
    return true;
  }

  /** The responder answers; false where the request is none of a setup. */
  takes(association: Association, message: IkeMessage): boolean {
    const { content } = message;
    const { around, configuration, ikeSas, replaces, isSetUp } = this.#parts;
    const { refuses, eap, demandsCookie } = configuration;
    const answers = (answer: Content): void => association.responds(message, answer);
    switch (content.is) {
      case "init":
        if (demandsCookie && !content.hasCookie) answers({ is: "cookie" });
        else if (refuses === "proposal") answers({ is: "no-proposal" });
        else {
          ikeSas.add(association);
          around.clock.after(configuration.halfOpen, () => {
            if (!association.isUp) ikeSas.closes(association);
          });
          answers({ is: "init", hasCookie: false });
        }
        return true;
      case "eap-start":
        answers({ is: "eap-request", round: 0, bytes: eap?.rounds[0]?.asks ?? 9 });
        return true;
      case "eap-answer": {
        if (refuses === "eap-server-off") return true;
        const next = eap?.rounds[content.round + 1];
        if (next !== undefined) answers({ is: "eap-request", round: content.round + 1, bytes: next.asks });
        else if (refuses !== "eap") answers({ is: "eap-success" });
        else {
          answers({ is: "eap-failure" });
          association.closes();
        }
        return true;
      }
      case "auth":
      case "eap-proof": {
        if (refuses === "authentication") {
          answers({ is: "auth-refused" });
          association.closes();
          return true;
        }
        const child = refuses === "child" ? null : content.child;
        replaces(association);
        isSetUp(association, child);
        answers({ is: "set-up", child, isAfterEap: content.is === "eap-proof" });
        return true;
      }
      default:
        return false;
    }
  }

  #answersEap(association: Association, child: ChildPair, round: number): void {
    const { around, configuration } = this.#parts;
    const { eap } = configuration;
    const { answers, isOfUser } = eap?.rounds[round] ?? { answers: 9 };
    const says = (): void => {
      this.isAsking = false;
      association.request({ is: "eap-answer", round, bytes: answers, child });
    };
    if (isOfUser !== true || eap === null) return says();
    this.isAsking = eap.keepsMapping;
    around.clock.after(configuration.userTakes, says);
  }

  #again(association: Association): void {
    const { around, configuration, opens } = this.#parts;
    association.closes();
    if (configuration.retry !== null) around.clock.after(configuration.retry, opens);
  }
}
