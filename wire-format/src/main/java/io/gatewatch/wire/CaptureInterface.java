package io.gatewatch.wire;

/**
 * An interface that frames were captured on.
 *
 * @param name as the capturing machine calls it; empty where a file does not say
 * @param linkType LINKTYPE_ value of the tcpdump.org registry
 */
public record CaptureInterface(String name, int linkType) {}
