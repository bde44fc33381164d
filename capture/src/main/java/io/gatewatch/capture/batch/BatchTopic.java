package io.gatewatch.capture.batch;

/** Where a batch goes: DNS flows (ports 53, 5353, 5355) travel apart from all others. */
public enum BatchTopic {
    PACKETS,
    DNS
}
