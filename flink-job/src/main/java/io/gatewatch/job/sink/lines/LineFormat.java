package io.gatewatch.job.sink.lines;

import io.gatewatch.dns.log.DnsLogRow;
import io.gatewatch.traffic.session.SessionRow;

/** The forms in which rows are written as text. */
public enum LineFormat {
    TABLE("txt"),
    JSONL("jsonl"),
    CSV("csv");

    private final String extension;

    LineFormat(String extension) {
        this.extension = extension;
    }

    /** Ending of the names of files in this form, without the dot. */
    public String extension() {
        return extension;
    }

    /** A writer of sessions in this form; not to be shared between threads. */
    LineWriter<SessionRow> sessionWriter() {
        return switch (this) {
            case TABLE -> new SessionTableWriter();
            case JSONL -> JsonLineWriter.ofSessions();
            case CSV -> new CsvLineWriter<>(new SessionFields());
        };
    }

    /** A writer of the DNS log in this form; not to be shared between threads. */
    LineWriter<DnsLogRow> dnsWriter() {
        return switch (this) {
            case TABLE -> new DnsTableWriter();
            case JSONL -> JsonLineWriter.ofDnsLog();
            case CSV -> new CsvLineWriter<>(new DnsFields());
        };
    }
}
