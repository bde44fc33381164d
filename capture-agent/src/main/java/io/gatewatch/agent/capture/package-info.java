/** Live capture with libpcap; nothing else in the project calls pcap4j. */
package io.gatewatch.agent.capture;
