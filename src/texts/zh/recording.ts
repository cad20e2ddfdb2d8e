import type { TextTable } from "../texts.js";

export const RECORDING: TextTable = {
  "The capture file ends in the middle of a packet": "抓包文件在报文中间结束",
  "Everything before the end was judged; what came after is missing.":
    "结束之前的内容都已判断；之后的内容缺失。",
  "The file, or the compressed data in it, ends inside a record, or its rest is zeros.":
    "文件或其中的压缩数据在某条记录内部结束，或其余部分全为零。",
  "Copy the file again, or stop tcpdump cleanly (SIGINT) before copying.":
    "重新复制文件，或在复制前正常停止 tcpdump（SIGINT）。",
  "the capture file ends in the middle of a packet": "抓包文件在报文中间结束",
  "{0}. All packets before that were judged.": "{0}。在此之前的所有报文都已判断。",
  "last whole frame": "最后一个完整的帧",
  "The capture lost packets": "抓包过程中有丢包",
  "The capture file itself says that packets were dropped while it was written, so a packet that is missing here may have been on the wire.":
    "抓包文件自身声明在写入时丢弃了报文，因此此处缺少的报文可能曾在线路上出现。",
  "The interface statistics of a pcapng file count dropped packets.":
    "pcapng 文件的接口统计中记录了被丢弃的报文。",
  "Capture with a larger buffer and a filter: tcpdump -B 16384 -s 0 (KiB), dumpcap -B 64 (MiB).":
    "使用更大的缓冲区和过滤条件抓包：tcpdump -B 16384 -s 0（KiB）、dumpcap -B 64（MiB）。",
  "Capture less: only the two peers ('host A and host B'), or cut ESP short with a separate capture.":
    "减少抓取内容：只抓两端（'host A and host B'），或另行抓包并截短 ESP。",
  "1 packet was": "1 个报文",
  "{0} packets were": "{0} 个报文",
  "{0} dropped while capturing ({1} were kept)": "抓包时丢弃了 {0}（保留 {1} 个）",
  "The capture file says that {0} dropped by the capturing host, beside {1} that were kept. A packet that is missing here may have been on the wire: loss and silence are to be confirmed by a capture without drops.{2}":
    "抓包文件表明，除保留的 {1} 个之外，抓包主机丢弃了 {0}。此处缺少的报文可能曾在线路上出现：丢包和无响应需要用没有丢包的抓包来确认。{2}",
  "{0} ESP sequence numbers are missing; whether on the wire or only here cannot be told.":
    "缺少 {0} 个 ESP 序列号；无法得知是在线路上丢失，还是只在此处缺失。",
  "the capture begins": "抓包开始",
  "the capture ends; where the drops lie is not told": "抓包结束；丢包发生在何处没有说明",
  "Packets were captured more than once": "报文被重复抓取",
  "The same packets were seen several times (mirror port, capture on all interfaces). Copies were removed.":
    "同样的报文出现多次（镜像端口、在所有接口上抓包）。副本已去除。",
  "The same IKE packet comes again within a tenth of a second with the same IP identification.":
    "同一 IKE 报文在十分之一秒内再次出现，且 IP 标识相同。",
  "Capture on one interface only if exact counts matter.": "如果需要准确的计数，只在一个接口上抓包。",
  "ESP packets from {0} to {1} were captured more than once": "{0} 发往 {1} 的 ESP 报文被重复抓取",
  "{0} of {1} ESP packets from {2} to {3} have a sequence number that was there before: nearly every packet is here twice. They are copies that the capture made (a mirror port, several interfaces), not replays.":
    "{2} 发往 {3} 的 {1} 个 ESP 报文中，{0} 个的序列号此前已经出现过：几乎每个报文都有两份。它们是抓包造成的副本（镜像端口、多个接口），不是重放。",
  "{0} ESP packets from {1} to {2} are in captures of several places: the table counts each of them once, and they are no replays.":
    "{1} 发往 {2} 的 {0} 个 ESP 报文在几处的抓包中都有：表中每个报文只计一次，它们不是重放。",
  "{0} IKE packets are in the captures of both ends, and were judged once; ESP packets that both ends have are counted once in the table, or once for each address.":
    "{0} 个 IKE 报文在两端的抓包中都有，只判断一次；两端都有的 ESP 报文在表中只计一次，或按地址各计一次。",
  "copy of an earlier packet": "先前报文的副本",
  "{0} IKE packets were captured more than once": "{0} 个 IKE 报文被重复抓取",
  "{0} IKE packets appear twice with different addresses: the capture was taken on the device that translates them. The second view was left out of the judgement.":
    "{0} 个 IKE 报文以不同地址出现两次：抓包是在进行地址转换的设备上进行的。判断时没有计入第二份。",
  "{0} IKE packets appear twice with different TTLs: before and after a router, as on all of its interfaces, or because captures from two places were joined. Each was judged once;":
    "{0} 个 IKE 报文以不同的 TTL 出现两次：在路由器之前和之后各一次，例如在其所有接口上抓包，或把两处的抓包合并在一起。每个报文只判断一次；",
  "ESP packets seen on both sides are counted once in the table.": "两侧都看到的 ESP 报文在表中只计一次。",
  'ESP packets seen on both sides stand as "dup" in the table.': "两侧都看到的 ESP 报文在表中计入 dup。",
  "{0} IKE packets appear again, byte for byte and with the same IP identification. They are copies that the capture made, not retransmissions; they were left out of the judgement.":
    "{0} 个 IKE 报文逐字节相同且 IP 标识相同地再次出现。它们是抓包造成的副本，不是重传；判断时没有计入。",
  "No IPsec traffic in this capture": "抓包中没有 IPsec 流量",
  "There is no IKE, NAT-T, ESP or AH packet in it.": "其中没有 IKE、NAT-T、ESP 或 AH 报文。",
  "No frame holds IKE, ESP, AH, a NAT keepalive or an ICMP error about them.":
    "没有任何帧含有 IKE、ESP、AH、NAT 保活报文或与之相关的 ICMP 差错。",
  "Check the interface and the direction, and that the tunnel was tried while the capture ran.":
    "检查接口和方向，以及抓包期间是否尝试过建立隧道。",
  "If this is the responder's side and the initiator does send: the packets are lost before they reach this place.":
    "如果这是响应方一侧而发起方确实在发送：报文在到达此处之前丢失。",
  "first frame of the capture, not IPsec": "抓包的首个帧，不是 IPsec",
  "no IPsec traffic among {0} packet{1}": "{0} 个报文中没有 IPsec 流量",
  "Among {0} packet{1} there is no IKE (UDP 500, 4500), no ESP and no AH. Nothing can be said about any tunnel.":
    "{0} 个报文中没有 IKE（UDP 500、4500），没有 ESP，也没有 AH。无法对任何隧道作出判断。",
  "The capture ends before what would decide": "抓包在能够作出判断之前就结束了",
  "What is missing may have come after the last packet of the capture: so soon after the deciding message its absence proves little.":
    "缺少的报文可能出现在抓包的最后一个报文之后：在决定性报文之后这么短的时间内，没有出现并不能说明什么。",
  "Never told by itself: a finding names it as long as the capture goes on for less after the deciding message than the finding waits for.":
    "不会单独给出：只要决定性报文之后的抓包时长短于某结论所需的等待时间，该结论就会提到它。",
  "Capture again, and let it run for half a minute after the attempt.":
    "重新抓包，并在尝试之后继续抓半分钟。",
  "The capture filter may have hidden what matters": "抓包过滤条件可能隐藏了关键报文",
  "The capture holds one kind of packet only, as a narrow filter leaves it, so what is missing may just not have been recorded.":
    "抓包中只有一类报文，与范围过窄的过滤条件的结果一致，因此缺少的内容可能只是没有被记录。",
  "The capture holds UDP 500 alone, and a setup stops where it would go on over 4500 while the capture goes on for 1 s, or UDP 4500 alone and no setup begins, or first IP fragments alone of what was answered. Any other packet disproves the filter.":
    "抓包中只有 UDP 500，而建立停在应转到 4500 之处；或只有 UDP 4500 而没有建立的开始；或已得到响应的报文只有首个 IP 分片。只要有任何其他报文，就可排除过滤条件的影响。",
  "nothing but UDP 500 was captured, and what follows goes over UDP 4500":
    "只抓到了 UDP 500，而后续报文使用 UDP 4500",
  "The first exchange is answered and nothing follows; but the capture holds nothing except UDP 500, as the filter":
    "首个交换得到响应而此后没有后续报文；但抓包中除 UDP 500 外什么也没有，与过滤条件",
  "'udp port 500' leaves it. Whether the setup went on over UDP 4500 cannot be told.":
    "'udp port 500' 的结果一致。无法得知建立是否在 UDP 4500 上继续。",
  "The capture holds nothing except UDP 500, and ends with {0}. The filter 'udp port 500' leaves this of a setup that went on over UDP 4500; a recording that was stopped leaves it too.":
    "抓包中除 UDP 500 外什么也没有，到 {0} 为止。如果建立在 UDP 4500 上继续，过滤条件 'udp port 500' 会留下这样的抓包；停止抓包也会如此。",
  "{0}, the last message": "{0}，最后一个报文",
  "a capture without a port filter: if UDP 4500 is still missing there, it is missing on the wire":
    "不带端口过滤条件的抓包：如果其中仍没有 UDP 4500，说明线路上确实没有",
  "nothing but UDP 4500 was captured, so the first exchange is missing":
    "只抓到了 UDP 4500，因此缺少首个交换",
  "The capture begins with {0} and holds nothing except UDP 4500, as the filter 'udp port 4500' leaves it. The exchange on UDP 500 before it, with the algorithms, is not there.":
    "抓包从 {0} 开始，除 UDP 4500 外什么也没有，与过滤条件 'udp port 4500' 的结果一致。之前 UDP 500 上含有算法的交换不在其中。",
  "{0}, the first message": "{0}，首个报文",
  "later IP fragments were not captured": "没有抓到后续的 IP 分片",
  "Of {0} only the first IP fragment is in the capture, yet its receiver went on, so it arrived whole. A filter on ports drops later fragments, which carry no ports.":
    "{0} 只有首个 IP 分片在抓包中，但接收方继续了协商，说明它已完整到达。按端口的过滤条件会丢弃不含端口的后续分片。",
  "Of {0} only the first IP fragment is in the capture, yet it was answered, so it arrived whole. A filter on ports drops later fragments, which carry no ports.":
    "{0} 只有首个 IP 分片在抓包中，但它得到了响应，说明它已完整到达。按端口的过滤条件会丢弃不含端口的后续分片。",
  "first IP fragment, without the later ones": "首个 IP 分片，没有后续分片",
  "Only one direction was captured": "只抓到了一个方向",
  "One side goes on as if it had been answered, but no packet of the other side is in the capture: the sniffer saw one direction only.":
    "一侧像得到了响应一样继续，但抓包中没有另一侧的任何报文：抓包工具只看到一个方向。",
  "All packets come from one side, and its Message IDs or exchange types advance, which takes messages of the other side.":
    "所有报文都来自一侧，且其 Message ID 或交换类型在推进，而这需要另一侧的报文。",
  "Capture both directions: mirror both, or capture at a peer itself.":
    "抓取两个方向：镜像双向，或在某一端本机抓包。",
  "{0} goes on from {1} to {2}, which takes messages of the other side; but none of them is in the capture. What the other side said is unknown.":
    "{0} 从 {1} 推进到 {2}，而这需要另一侧的报文；但抓包中一个也没有。另一侧的内容未知。",
  "{0} of the new SPI {1}": "新 SPI {1} 的 {0}",
  "The tunnel was already up when the capture began": "抓包开始时隧道已经建立",
  "The setup is not in the capture, so its algorithms and roles are unknown.":
    "建立过程不在抓包中，因此其算法和角色未知。",
  "The first IKE message of a tunnel is not one that begins an IKE SA, or ESP flows without any.":
    "某条隧道的首个 IKE 报文不是 IKE SA 的起始报文，或者只有 ESP 而没有 IKE。",
  "To judge the setup, start the capture before the tunnel is initiated.":
    "要判断建立过程，应在发起隧道之前开始抓包。",
  "All packets between these peers come from {0}: the other peer is silent, or this place sees one direction only. If the capture was taken on that gateway itself, the peer is the likelier reason: is it up, and do its answers arrive? Else capture where both directions pass, best on a gateway itself: tcpdump -ni any -s 0 -w vpn.pcap '{1}'":
    "两端之间的报文全部来自 {0}：另一端没有应答，或者此处只能看到一个方向。如果是在该网关本机抓包，更可能是对端的原因：它是否在运行，其响应是否到达？否则在双向流量都经过的位置抓包，最好就在网关上：tcpdump -ni any -s 0 -w vpn.pcap '{1}'",
  "The capture holds one packet on UDP 4500 that may be ESP, and no IKE between these peers: of a tunnel that was set up before, or no ESP at all, for whatever is sent to that port looks so.":
    "抓包中有一个 UDP 4500 报文可能是 ESP，没有两端之间的 IKE：可能属于此前已建立的隧道，也可能根本不是 ESP，因为发往该端口的任何内容看起来都是如此。",
  "{0} without its negotiation": "{0}，没有其协商过程",
  "The capture holds {0} but no IKE between these peers: the tunnel was set up before.":
    "抓包中有 {0}，但没有两端之间的 IKE：隧道在此之前已建立。",
  "first {0} packet": "首个 {0} 报文",
  "the IKE SA was set up before the capture began": "IKE SA 在抓包开始之前已建立",
  "The first message between these peers is {0}, not the opening of an IKE SA.":
    "两端之间的首个报文是 {0}，而不是 IKE SA 的起始报文。",
  "Nothing in the capture proves which peer is the initiator.": "抓包中没有任何内容能证明哪一端是发起方。",
  "The capture cut packets that were needed whole": "抓包截断了需要完整的报文",
  "The snap length was smaller than IKE messages, so parts of them cannot be read.":
    "截断长度（snaplen）小于 IKE 报文，因此其部分内容无法读取。",
  "The snap length cut frames that hold IKE messages. Cut ESP does not matter.":
    "截断长度截断了含有 IKE 报文的帧。截断 ESP 没有影响。",
  "Capture again with whole packets: tcpdump -s 0.": "以完整报文重新抓包：tcpdump -s 0。",
  "one IKE message was cut by the snap length": "一个 IKE 报文被截断长度截断",
  "One packet with an IKE message was captured shorter than it was on the wire. What stood after the cut is unknown.":
    "一个含有 IKE 报文的帧，抓取的长度小于线路上的长度。截断之后的内容未知。",
  "{0} IKE messages were cut by the snap length": "{0} 个 IKE 报文被截断长度截断",
  "{0} packets with IKE messages were captured shorter than they were on the wire. What stood after the cut is unknown.":
    "{0} 个含有 IKE 报文的帧，抓取的长度小于线路上的长度。截断之后的内容未知。",
  "IKE message cut by the snap length": "被截断长度截断的 IKE 报文",
  "The clock of the capture was set while it ran": "抓包期间时钟被调整",
  "The time of one packet lies well before that of the packet in front of it, the capture begins with a clock that nobody had set and goes on in the present, or a message waits for its answer longer than any implementation does. Times, pauses and retransmission schedules around that place are not to be relied on.":
    "某个报文的时间明显早于其前一个报文，或者抓包以没有设置过的时钟开始、以当前时间继续，或者某个报文等待响应的时间超过任何实现。该处前后的时间、停顿和重传间隔都不可靠。",
  "The time of a packet lies at least 3 s before that of the packet in front of it in the same file; or the file begins before 2003 and ends after; or a request within an IKE SA is answered, or sent again, 10 minutes later or more, and the tunnel sends nothing in between.":
    "同一文件中某个报文的时间比前一个报文至少早 3 s；或者文件开始于 2003 年之前而结束于其后；或者 IKE SA 内的请求在 10 分钟或更久之后才得到响应或再次发送，而其间该隧道没有发送任何报文。",
  "Was the clock of the capturing host set while it captured (NTP, a virtual machine or a laptop that was resumed)? Capture again with a steady clock.":
    "抓包期间抓包主机的时钟是否被调整（NTP、虚拟机恢复）？用稳定的时钟重新抓包。",
  "If files were joined end to end, join them by time: mergecap -w joined.pcap first.pcap second.pcap.":
    "如果文件是首尾相接合并的，应按时间合并：mergecap -w joined.pcap first.pcap second.pcap。",
  "the time of the capture goes back by {0} (frame {1})": "抓包的时间倒退 {0}（帧 {1}）",
  "Frame {0} lies {1} before the frame in front of it. The clock was set back while capturing, or files were joined end to end; pauses and the order of what happened around it are not to be relied on.":
    "帧 {0} 比其前一帧早 {1}。抓包期间时钟被调慢，或文件是首尾相接合并的；停顿以及其前后事件的顺序都不可靠。",
  "the time of the capture leaps ahead by {0} during an exchange (frame {1})":
    "抓包的时间在一次交换期间向前跳变 {0}（帧 {1}）",
  "Frame {0} belongs to the same exchange as frame {1}, and lies {2} behind it; the tunnel sends nothing in between. No implementation is known to wait so long: the clock was set ahead while capturing, or a host was suspended. Durations across that place are not to be relied on.":
    "帧 {0} 与帧 {1} 属于同一次交换，晚 {2}；其间该隧道没有发送任何报文。已知没有实现会等待这么久：抓包期间时钟被调快，或某台主机曾被挂起。跨越该处的时长不可靠。",
  "the last message before the leap": "跳变之前的最后一个报文",
  "the next message of the exchange": "该交换的下一个报文",
  "the time goes back by {0}": "时间倒退 {0}",
  "the order of sequence numbers and Message IDs after the jump: they go on if the clock was set, and begin again if a second recording was appended":
    "跳变之后序列号和 Message ID 的顺序：如果是调整时钟，它们会继续；如果是追加了第二份抓包，它们会重新开始",
  "the clock of the capture was set meanwhile: it begins in the year {0}":
    "抓包期间时钟被设置：抓包开始于 {0} 年",
  "The capture begins in the year {0}, as a device does whose clock nobody has set, and goes on with the present. Pauses and the order of what happened around the setting of the clock are not to be relied on.":
    "抓包从 {0} 年开始（没有设置过时钟的设备就是如此），并以当前时间继续。停顿以及设置时钟前后事件的顺序都不可靠。",
  "captured by a clock that says the year {0}": "抓取时的时钟为 {0} 年",
  "over 100 years": "100 年以上",
  "Capture with: tcpdump -s 0 -w vpn.pcap '{0}'": "抓包命令：tcpdump -s 0 -w vpn.pcap '{0}'",
  "Capture again with: tcpdump -s 0 -w vpn.pcap '{0}'": "重新抓包：tcpdump -s 0 -w vpn.pcap '{0}'",
  "the capture holds no packets": "抓包中没有报文",
  "reading was stopped before the end: the packets that follow are not judged":
    "读取在抓包结束前被中止：其后的报文未作判断",
  "the sniffer ran on for {0} after the last packet (interface statistics)":
    "最后一个报文之后抓包又持续了 {0}（依据接口统计）",
  "{0} packet{1} without a time (each is given the time of the packet before)":
    "{0} 个报文没有时间（各取前一个报文的时间）",
  "the time goes back {0} from one packet to the next, by {1} at most (at frame {2})":
    "相邻报文的时间倒退了 {0}，最多 {1}（在帧 {2} 处）",
  "the capture itself says that {0} packet{1} were dropped": "抓包文件声明丢弃了 {0} 个报文",
};
