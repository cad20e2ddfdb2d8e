import type { Role } from "../../../src/session/model.js";
import { aggressiveMode, mainMode, type Message, quickMode, transaction } from "../scenario/index.js";
import type { SaSpis } from "../scenario/wire.js";

/** One message of an IKEv1 exchange: who sends it, and until when. */
export interface Step {
  readonly name: string;
  readonly by: Role;
  readonly isResponse: boolean;
  /** It makes the IKE SA known to its receiver. */
  readonly opens: boolean;
  /** Sent again until the next one comes; else only when what it answers comes again. */
  readonly isRepeated: boolean;
  /** The user is asked first. */
  readonly isOfUser: boolean;
  readonly make: (sa: SaSpis, messageId: number) => Message;
}

const [I, R] = ["initiator", "responder"] as const;

function step(name: string, by: Role, isResponse: boolean, make: Step["make"]): Step {
  const opens = name === "main-1" || name === "aggressive-1";
  return { name, by, isResponse, opens, isRepeated: !isResponse, isOfUser: false, make };
}

const MAIN_MODE: readonly Step[] = ([1, 2, 3, 4, 5, 6] as const).map((number) =>
  step(`main-${number}`, number % 2 === 1 ? I : R, number % 2 === 0, (sa) => mainMode(number, { sa })),
);

/** The responder repeats its message until the third one comes. */
const AGGRESSIVE_MODE: readonly Step[] = ([1, 2, 3] as const).map((number) => ({
  ...step(`aggressive-${number}`, number === 2 ? R : I, number === 2, (sa) =>
    aggressiveMode(number, { sa, natDetection: true }),
  ),
  isRepeated: number < 3,
}));

/** CFG_REQUEST of the credentials and the user's reply, CFG_SET of the outcome and its acknowledgement. */
const XAUTH: readonly Step[] = [R, I, R, I].map((by, index) => ({
  ...step(`xauth-${index + 1}`, by, index % 2 === 1, (sa, messageId) =>
    transaction({ sa, messageId: messageId + 2 + (index >> 1) }),
  ),
  isOfUser: index === 1,
}));

/** The client asks for an address. */
const MODE_CONFIG: readonly Step[] = [I, R].map((by, index) =>
  step(`mode-config-${index + 1}`, by, by === R, (sa, messageId) =>
    transaction({ sa, messageId: messageId + 9, length: by === R ? 136 : 104 }),
  ),
);

/** How a phase 1 is done, up to Quick Mode. */
export interface PhaseOne {
  readonly isAggressive: boolean;
  readonly hasXauth: boolean;
  readonly hasModeConfig: boolean;
}

export function phaseOne({ isAggressive, hasXauth, hasModeConfig }: PhaseOne): readonly Step[] {
  return [
    ...(isAggressive ? AGGRESSIVE_MODE : MAIN_MODE),
    ...(hasXauth ? XAUTH : []),
    ...(hasModeConfig ? MODE_CONFIG : []),
  ];
}

export function quickModeBy(asker: Role): readonly Step[] {
  const other = asker === I ? R : I;
  return ([1, 2, 3] as const).map((number) => ({
    ...step(`quick-${number}`, number === 2 ? other : asker, number === 2, (sa, messageId) =>
      quickMode(number, { sa, messageId }),
    ),
    isRepeated: number === 1,
  }));
}
