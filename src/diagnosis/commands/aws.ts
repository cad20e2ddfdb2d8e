import type { Product } from "./product.js";

/** Site-to-Site VPN of AWS. */
export const AWS: Product = {
  name: "AWS Site-to-Site VPN",
  id: "aws",
  alsoCalled: ["amazon"],
  implementations: [],
  commands: {
    status: ["CloudWatch Logs: TunnelIKEPhase1State, TunnelIKEPhase2State"],
    log: ["CloudWatch Logs: VpnLogDetail", "aws ec2 modify-vpn-tunnel-options: LogOptions"],
    proposals: [
      "aws ec2 modify-vpn-tunnel-options: Phase1EncryptionAlgorithms",
      "aws ec2 modify-vpn-tunnel-options: Phase1DHGroupNumbers",
    ],
    version: ["aws ec2 modify-vpn-tunnel-options: IKEVersions"],
    natTraversal: ["CloudWatch Logs: TunnelCGWNATTDetectionStatus"],
    deadPeer: [
      "aws ec2 modify-vpn-tunnel-options: DPDTimeoutAction",
      "aws ec2 modify-vpn-tunnel-options: DPDTimeoutSeconds",
    ],
    start: ["VPN connection > tunnel options: Startup action"],
  },
};
