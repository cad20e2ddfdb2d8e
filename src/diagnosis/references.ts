import type { TunnelContext } from "./context.js";

/** Documents about one version of IKE alone: RFC 7296, and those of IKEv1 with its DPD (RFC 3706) and NAT traversal (RFC 3947). */
const ONLY_ABOUT = { 1: /^RFC (?:2407|2408|2409|3706|3947)\b/, 2: /^RFC 7296\b/ } as const;

/**
 * The references of a rule without those about the version of IKE that the peers do not speak; all of them where they speak both, or
 * none would be left.
 */
export function referencesFor(
  references: readonly string[],
  context: TunnelContext | null,
): readonly string[] {
  const versions = new Set(context?.setups.map(({ sa }) => sa.majorVersion));
  const [version] = versions;
  if (version === undefined || versions.size > 1) return references;
  const other = ONLY_ABOUT[version === 1 ? 2 : 1];
  const own = references.filter((reference) => !other.test(reference));
  return own.length === 0 ? references : own;
}
