import type { ReasonTable } from "./reason.js";

/** Log of the VPN connections of Tencent Cloud, with the causes that its document gives in Chinese. */
export const TENCENT_CLOUD_REASONS: ReasonTable = {
  by: "Tencent Cloud",
  source: "cloud.tencent.com/document/product/554/79960",
  reasons: [
    {
      said: "Failed to establish IKE SA for the reason of no matching proposal",
      also: ["云侧和客户侧配置的 IKE 策略不一致", "IKE 配置不一致"],
      codes: ["ike-no-proposal-chosen"],
    },
    {
      said: "Failed to establish IKE SA for the reason of responder no peer config found by ID payload",
      also: ["云侧和客户侧 IKE 标识不一致或协商模式不一致"],
      codes: ["authentication-failed", "ike-mode-mismatch"],
    },
    {
      said: "Failed to establish IKE SA for the reason of initiator no peer config found by ID payload",
      also: ["云侧和客户侧 IKE 标识不一致"],
      codes: ["authentication-rejected-by-initiator"],
    },
    {
      said: "Failed to establish IKE SA for the reason of peer no response",
      also: ["未收到客户侧响应"],
      codes: ["ike-init-unanswered"],
    },
    {
      said: "Failed to establish IKE SA for the reason of no matching secret",
      also: ["云侧和客户侧预共享密钥不一致"],
      codes: ["authentication-failed"],
    },
    { said: "retransmit IKEv1 Main Mode Initiator 5th message", codes: ["authentication-failed"] },
    {
      said: "invalid HASH_V1 payload length, decryption failed",
      also: ["云侧解密报文失败"],
      codes: ["authentication-failed"],
    },
    {
      said: "received NO_PROPOSAL_CHOSEN error notify",
      also: ["云侧收到客户侧协商失败的报文"],
      codes: ["ike-no-proposal-chosen"],
    },
  ],
};
