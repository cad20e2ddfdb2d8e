import type { ReasonTable } from "./reason.js";

/** Error codes of the console, in Chinese, and those of the API DiagnoseVpnConnections. */
export const ALIBABA_CLOUD_REASONS: ReasonTable = {
  by: "Alibaba Cloud",
  product: "alibaba-cloud",
  source: "help.aliyun.com, document_detail/477862",
  reasons: [
    {
      said: "邻居不匹配",
      also: ["PeerMismatch", "收到的协议报文与用户网关信息不匹配"],
      codes: ["peer-config-missing", "ike-init-unanswered"],
    },
    {
      said: "算法不匹配",
      also: ["AlgorithmMismatch", "加密算法或认证算法或DH分组参数不匹配"],
      codes: ["ike-no-proposal-chosen", "child-no-proposal-chosen"],
    },
    {
      said: "加密算法不匹配",
      also: ["EncryptionAlgorithmMismatch", "IPsec的加密算法不匹配"],
      codes: ["child-no-proposal-chosen"],
    },
    {
      said: "认证算法不匹配",
      also: ["AuthenticationAlgorithmMismatch", "IKE认证算法不匹配"],
      codes: ["ike-no-proposal-chosen"],
    },
    { said: "DH分组不匹配", codes: ["ike-no-proposal-chosen", "child-no-proposal-chosen"] },
    { said: "no response from peer", codes: ["ike-init-unanswered"] },
  ],
};
