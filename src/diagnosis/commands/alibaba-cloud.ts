import type { Product } from "./product.js";

/** VPN Gateway of Alibaba Cloud. */
export const ALIBABA_CLOUD: Product = {
  name: "Alibaba Cloud VPN Gateway",
  id: "alibaba-cloud",
  alsoCalled: ["alibaba", "aliyun", "阿里云"],
  implementations: [],
  commands: {
    status: ["IPsec-VPN connection page > Connection Status"],
    log: ["IPsec-VPN connection page > View Details", "DiagnoseVpnConnections: FailedReasonCode, SourceLog"],
    proposals: ["ModifyVpnConnectionAttribute: IkeConfig"],
    child: ["ModifyVpnConnectionAttribute: IpsecConfig, LocalSubnet, RemoteSubnet"],
    firewall: ["Security groups: UDP 500 and UDP 4500, both directions"],
    natTraversal: ["CreateVpnConnection: EnableNatTraversal"],
    restart: ["IPsec connection: change Effective Immediately, save, change it back"],
    deadPeer: ["CreateVpnConnection: EnableDpd"],
  },
};
