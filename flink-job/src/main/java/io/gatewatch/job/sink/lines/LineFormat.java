package io.gatewatch.job.sink.lines;

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

    /** A writer of lines in this form; not to be shared between threads. */
    SessionLineWriter newWriter() {
        return switch (this) {
            case TABLE -> new SessionTableWriter();
            case JSONL -> new SessionJsonWriter();
            case CSV -> new SessionCsvWriter();
        };
    }
}
