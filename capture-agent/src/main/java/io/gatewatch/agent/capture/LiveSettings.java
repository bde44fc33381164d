package io.gatewatch.agent.capture;

import java.util.List;

/**
 * What to capture live.
 *
 * @param interfaces names as the operating system has them, at least one
 * @param filter a filter expression of libpcap (pcap-filter(7)), empty for everything
 * @param snapLength bytes kept of each frame at most
 * @param promiscuous take frames for other stations too
 * @param bufferBytes the kernel's buffer for each interface
 */
public record LiveSettings(
        List<String> interfaces,
        String filter,
        int snapLength,
        boolean promiscuous,
        int bufferBytes) {}
