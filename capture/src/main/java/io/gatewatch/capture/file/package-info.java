/** Readers of capture files: pcap and pcapng, plain or gzipped, from a path or a stream. */
package io.gatewatch.capture.file;
