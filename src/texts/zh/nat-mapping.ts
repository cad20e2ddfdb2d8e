import type { TextTable } from "../texts.js";

export const NAT_MAPPING: TextTable = {
  "The side behind NAT sends no keepalives": "位于 NAT 之后的一侧没有发送保活报文",
  "A NAT device deletes a UDP mapping after some time without packets, often 30 s. The side behind NAT should send a packet at least every 20 s; here it does not.":
    "NAT 设备在一段时间（通常 30 s）没有报文后会删除 UDP 映射。位于 NAT 之后的一侧应当至少每 20 s 发送一个报文；而这里没有。",
  "A peer is behind NAT, its tunnel pauses for more than 30 s in both directions, and it sends neither keepalives nor anything else.":
    "某一端位于 NAT 之后，其隧道双向停顿超过 30 s，而它既没有发送保活报文也没有发送其他报文。",
  "Enable NAT keepalives at the side behind NAT, every 20 s.":
    "在位于 NAT 之后的一侧启用 NAT 保活，间隔 20 s。",
  "If it cannot be set: DPD at that side, at an interval below the NAT device's UDP timeout.":
    "如果无法设置：在该侧启用 DPD，间隔小于 NAT 设备的 UDP 老化时间。",
  "{0}, behind NAT, sends nothing for {1}: no keepalives":
    "位于 NAT 之后的 {0} 在 {1} 内没有发送任何报文：没有保活",
  "The initiator {0} is behind NAT and sends no NAT keepalive in this capture, although the tunnel is silent for up to {1}{2}.":
    "发起方 {0} 位于 NAT 之后，在本抓包中没有发送 NAT 保活报文，而隧道最长静默达 {1}{2}。",
  "({0} such pauses)": "（{0} 次这样的停顿）",
  "A NAT device that deletes UDP mappings after 30 s then drops what the other side sends.":
    "30 s 后删除 UDP 映射的 NAT 设备随后会丢弃另一侧发来的报文。",
  "last packet before a pause of {0}": "停顿 {0} 之前的最后一个报文",
  "first packet after it, no keepalive in between": "停顿之后的首个报文，其间没有保活",
  "a capture of all UDP 4500 at the side behind NAT: keepalives are single bytes 0xff every 20 s":
    "在位于 NAT 之后的一侧抓取全部 UDP 4500：保活报文是每 20 s 一个的单字节 0xff",
  "A NAT device changed a peer's port or address": "NAT 设备改变了某一端的端口或地址",
  "The port that the NAT device gives a peer changed while the tunnel was up. Until the other side follows, it sends to a port without a mapping.":
    "隧道建立期间，NAT 设备为某一端分配的端口发生了变化。在另一侧跟随之前，它发送的报文都去往一个无效的端口。",
  "The port or address of a peer behind NAT changes within one IKE SA, or its ESP of one SPI goes on from another address, as where the NAT device stops translating. Critical if the other side goes on sending to the old one.":
    "位于 NAT 之后的一端的端口或地址在同一 IKE SA 内发生变化，或其同一 SPI 的 ESP 改由另一个地址继续发送（例如 NAT 设备停止转换）。如果另一侧继续向旧端口或旧地址发送，则为严重。",
  "Shorten the NAT keepalive interval of the side behind NAT to 20 s or less so that the mapping does not expire.":
    "把位于 NAT 之后一侧的 NAT 保活间隔缩短到 20 s 或更短，以免映射老化。",
  "Lengthen the UDP timeout of the NAT device for port 4500.": "调大 NAT 设备对端口 4500 的 UDP 老化时间。",
  "Enable MOBIKE (IKEv2) so that the peer learns of the new address.":
    "启用 MOBIKE（IKEv2），使对端得知新地址。",
  "If ESP comes from a private address: look at the rule and the outer address of the NAT device, and set the tunnel up again once they are back.":
    "如果 ESP 来自私有地址：检查 NAT 设备的规则和外部地址，恢复后重新建立隧道。",
  "the NAT device of {0} stopped translating: ESP of the same SPI comes from {1}, and ESP still goes to {2}":
    "{0} 的 NAT 设备停止了转换：同一 SPI 的 ESP 改为来自 {1}，而 ESP 仍发往 {2}",
  "ESP of SPI {0} came from {1} up to sequence number {2}, and goes on with {3} from {4}, a private address ({5} packets): the NAT device lets the packets of its peer pass without translating them, since its rule or its address is gone.":
    "SPI {0} 的 ESP 在序列号 {2} 之前来自 {1}，从序列号 {3} 起来自私有地址 {4}（{5} 个报文）：NAT 设备的规则或地址已不存在，它不经转换就放行该端的报文。",
  "ICMP error from {0} about a packet to {1}": "来自 {0} 的 ICMP 差错，关于发往 {1} 的报文",
  "the port of {0} changed from {1} to {2} within the tunnel": "{0} 的端口在隧道存续期间由 {1} 变为 {2}",
  ", and ESP still goes to port {0}": "，而 ESP 仍发往端口 {0}",
  "A NAT device gave {0} another port while the tunnel was up ({1}, then {2}{3}): its old mapping had expired or was dropped.":
    "隧道建立期间，NAT 设备为 {0} 分配了另一个端口（先是 {1}，后为 {2}{3}）：旧映射已老化或被删除。",
  ", {0} changes": "，共变化 {0} 次",
  "Until the other side follows, its packets are lost; keepalives prevent it.":
    "在另一侧跟随之前，其报文会丢失；保活可以避免这种情况。",
  "{0} did not follow: it still sends ESP to port {1}, which has no mapping any more.":
    "{0} 没有跟随：它仍向端口 {1} 发送 ESP，而该端口已无效。",
  "ESP of one peer comes from {0} instead of {1}, and ESP still goes to {2}":
    "一端的 ESP 改为来自 {0}（原为 {1}），而 ESP 仍发往 {2}",
  "ESP of SPI {0} came from {1} and comes from {2} since ({3} packets): a NAT device gave the peer another address, or it moved.":
    "SPI {0} 的 ESP 原来自 {1}，此后来自 {2}（{3} 个报文）：NAT 设备给了该对端另一个地址，或者它换了地址。",
  "{0} did not follow: it still sends ESP to {1}, and none to {2}.":
    "{0} 没有跟随：它仍把 ESP 发往 {1}，没有发往 {2}。",
  "last ESP packet from {0}": "来自 {0} 的最后一个 ESP 报文",
  "ESP of the same SPI from {0}": "同一 SPI 的 ESP，来自 {0}",
  "the log of {0}: whether it was told the new address, and took it (MOBIKE)":
    "{0} 的日志：是否收到新地址的通知并采用（MOBIKE）",
  "ESP still to port {0}": "ESP 仍发往端口 {0}",
  "IKE of the same SA from port {0}": "同一 SA 的 IKE，来自端口 {0}",
  "last ESP packet from port {0}": "最后一个来自端口 {0} 的 ESP 报文",
  "ESP of the same SPI from port {0}": "同一 SPI 的 ESP，来自端口 {0}",
  "The NAT mapping of a peer expired": "某一端的 NAT 映射已老化",
  "After a time without packets from the side behind NAT, nothing that is sent to it arrives, until it sends again by itself: the NAT device's mapping had expired.":
    "位于 NAT 之后的一侧一段时间没有发送报文后，发给它的报文都无法到达，直到它自己再次发送：NAT 设备的映射已老化。",
  "The initiator is behind NAT and sends nothing for more than 30 s, no keepalives either; a request of the responder in that time is sent three times without an answer; then the initiator sends by itself. Or, after a pause of the peer behind NAT, its outer address answers with ICMP port unreachable for the port that it had sent from.":
    "发起方位于 NAT 之后，超过 30 s 没有发送任何报文，也没有保活；响应方在此期间的请求发送三次都没有响应；随后发起方自己再次发送。或者，NAT 之后的对端停顿一段时间之后，其外部地址对它曾经使用的源端口回应 ICMP 端口不可达。",
  "NAT keepalives at the side behind NAT, every 20 s.": "在位于 NAT 之后的一侧启用 NAT 保活，间隔 20 s。",
  "Lengthen the UDP timeout of the NAT device.": "调大 NAT 设备的 UDP 老化时间。",
  "The peer behind {0} cannot be reached after {1} of silence: the NAT device refuses UDP {2}, the port that it had given":
    "{0} 之后的对端静默 {1} 之后不可达：NAT 设备拒绝了它曾分配的 UDP 端口 {2}",
  "UDP {0} at {1} is no port of an IKE daemon: the NAT device had given it to the peer behind it, whose packets came from there.":
    "{1} 的 UDP 端口 {0} 不是 IKE 守护进程的端口：它是 NAT 设备分配给其后的对端的，该对端的报文曾从此端口发出。",
  "After {0} without a packet from that side, what {1} sends there is answered with ICMP port unreachable ({2} seen): the mapping is gone.":
    "该侧已有 {0} 没有报文，此后 {1} 发往该端口的报文得到 ICMP 端口不可达的回应（共 {2} 个）：映射已不存在。",
  "ICMP port unreachable from {0}": "来自 {0} 的 ICMP 端口不可达",
  "a capture behind the NAT device {0}: the packets arrive at the peer, and it refuses them itself (no daemon there)":
    "在 NAT 设备 {0} 之后抓包：报文到达对端，而对端自己拒绝（那里没有守护进程）",
  "{0}, behind NAT, could not be reached after {1} of silence: {2} unanswered ({3}) until it sent again itself":
    "位于 NAT 之后的 {0} 静默 {1} 之后不可达：{2} 没有响应（{3}），直到它自己再次发送",
  "The initiator {0} behind NAT had sent nothing for {1}, no keepalive either, when {2} sent {3}: {4}, no answer.":
    "位于 NAT 之后的发起方 {0} 已有 {1} 没有发送任何报文（也没有保活），此时 {2} 发送 {3}：{4}，没有响应。",
  "Then {0} sent again by itself, so it was there: its NAT mapping had expired.":
    "随后 {0} 自己又开始发送，说明它一直在线：其 NAT 映射已老化。",
  "Afterwards the tunnel went on.": "此后隧道继续工作。",
  "The tunnel did not come back in this capture.": "在本抓包中隧道没有恢复。",
  "last packet from {0}": "{0} 的最后一个报文",
  "{0} sends again": "{0} 再次发送",
  "a capture at {0}: the requests arrive there and are not answered (host asleep, daemon busy)":
    "在 {0} 抓包：请求到达了那里但没有响应（主机休眠、IKE 进程繁忙）",
};
