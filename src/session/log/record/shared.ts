import { setHex } from "../../../bytes/hex.js";
import { ZERO_SPI } from "../../../ike/message.js";
import type { Endpoint } from "../../model.js";
import type { PackedReader, PackedWriter } from "./bytes.js";

const SPI = 8;
/** How the responder's SPI of a message is kept. */
const SPI_IS = { zero: 0, shared: 1, written: 2 } as const;
const FIRST_TWO = 2;

/** Values that all messages of one IKE SA share, so that none of them keeps its own: SPIs, and the few addresses and ports. */
export class Shared {
  readonly initiatorSpi: string;
  /** The first one that a responder was seen to have. */
  #responderSpi: string | null = null;
  /** The first two endpoints, for hardly any IKE SA has more; then the others. */
  #first: Endpoint | null = null;
  #second: Endpoint | null = null;
  #others: Endpoint[] | null = null;

  constructor(initiatorSpi: string) {
    this.initiatorSpi = initiatorSpi;
  }

  /** `bytes` are the message's. */
  writeSpis(writer: PackedWriter, responderSpi: string, bytes: Uint8Array): void {
    if (responderSpi === ZERO_SPI) {
      writer.u8(SPI_IS.zero);
      return;
    }
    this.#responderSpi ??= responderSpi;
    const isShared = responderSpi === this.#responderSpi;
    writer.u8(isShared ? SPI_IS.shared : SPI_IS.written);
    if (!isShared) writer.copy(bytes, SPI, 2 * SPI);
  }

  readSpis(reader: PackedReader, bytes: Uint8Array): void {
    setHex(bytes, 0, this.initiatorSpi);
    const kind = reader.u8();
    if (kind === SPI_IS.written) reader.copy(bytes, SPI, SPI);
    else if (kind === SPI_IS.shared) setHex(bytes, SPI, this.#responderSpi ?? ZERO_SPI);
  }

  /** Whether a message with this responder SPI can have its SPIs from here. */
  isResponderSpi(spi: string): boolean {
    this.#responderSpi ??= spi;
    return this.#responderSpi === spi;
  }

  /** The one that {@link isResponderSpi} said yes to. */
  get sharedResponderSpi(): string {
    return this.#responderSpi ?? ZERO_SPI;
  }

  /** The number that an endpoint is written as; a new one is remembered. */
  endpointIndex(endpoint: Endpoint): number {
    const { address, port } = endpoint;
    this.#first ??= endpoint;
    if (isSame(this.#first, address, port)) return 0;
    this.#second ??= endpoint;
    if (isSame(this.#second, address, port)) return 1;
    const others = (this.#others ??= []);
    let index = 0;
    while (index < others.length && !isSame(others[index] as Endpoint, address, port)) index++;
    if (index === others.length) others.push(endpoint);
    return index + FIRST_TWO;
  }

  endpoint(index: number): Endpoint {
    if (index >= FIRST_TWO) return this.#others?.[index - FIRST_TWO] as Endpoint;
    return (index === 0 ? this.#first : this.#second) as Endpoint;
  }
}

function isSame(known: Endpoint, address: string, port: number): boolean {
  return known.port === port && known.address === address;
}
