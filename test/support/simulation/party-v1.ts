import type { Role } from "../../../src/session/model.js";
import { clearNotifyV1, informationalV1, type Message } from "../scenario/index.js";
import type { SaSpis } from "../scenario/wire.js";
import type { Configuration, Surroundings } from "./configuration.js";
import type { Kernel } from "./kernel.js";
import { PostV1 } from "./post-v1.js";

const AUTHENTICATION_FAILED = 24;
/** Bytes of ciphertext of a delete or of an error notify: HASH of 36, 12 to 28 more, padded to 16. */
const ONE_NOTIFY = 64;

/** One side of an IKEv1 exchange: the IKE SAs that it knows, and what it has answered in them. */
export class PartyV1 {
  isOn = true;
  readonly role: Role;
  readonly post: PostV1;
  readonly configuration: Configuration;
  readonly known = new Set<SaSpis>();
  /** By what they answer: a repeated message is answered again, with the same bytes. */
  readonly answers = new Map<object, () => void>();
  /** When the last message of the other side came. */
  lastIn = 0;

  constructor(role: Role, kernel: Kernel, configuration: Configuration, around: Surroundings) {
    this.role = role;
    this.configuration = configuration;
    this.post = new PostV1(role, kernel, configuration, around, () => this.isOn);
  }

  forgets(): void {
    this.known.clear();
    this.answers.clear();
  }

  refuses(step: string, isRekey: boolean): boolean {
    const { refuses } = this.configuration;
    return refuses === step || (refuses === "quick-rekey" && isRekey && step === "quick-1");
  }

  /** Says what is wrong with a step, or nothing. */
  objects(sa: SaSpis, step: string): void {
    if (this.configuration.objectsSilently) return;
    const isClear = step === "main-1" || step === "aggressive-1";
    if (isClear) this.tells(sa, clearNotifyV1(AUTHENTICATION_FAILED, { sa }), true);
    else this.tellsBriefly(sa, true);
  }

  /** A delete, or an error notify. */
  tellsBriefly(sa: SaSpis, isRefusal = false): void {
    this.tells(sa, informationalV1({ sa, length: ONE_NOTIFY }), isRefusal);
  }

  tells(sa: SaSpis, message: Message, isRefusal: boolean): void {
    if (!this.known.has(sa)) return;
    this.post.sends({ message, request: {}, isResponse: false, isRefusal, arrives: () => undefined });
  }
}
