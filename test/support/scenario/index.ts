/** Stories between two peers for tests: who sends what and when, and what the diagnosis makes of it. */
export * from "./behind-nat.js";
export * from "./esp-flows.js";
export * from "./esp-working.js";
export * from "./flows.js";
export * from "./ikev1.js";
export * from "./ikev2.js";
export * from "./scanner.js";
export * from "./scenario.js";
export * from "./suites.js";
export * from "./verdicts.js";
export * from "./wire.js";
export * from "./working-tunnels.js";
