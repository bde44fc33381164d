package io.gatewatch.job.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Headers in the form that serializers write: count (4), then each name and value. */
public final class RecordHeaders {
    private RecordHeaders() {}

    public static void write(List<RecordHeader> headers, DataOutputView target) throws IOException {
        target.writeInt(headers.size());
        for (RecordHeader header : headers) {
            writeBytes(header.name().getBytes(StandardCharsets.UTF_8), target);
            writeBytes(header.value(), target);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static List<RecordHeader> read(DataInputView source) throws IOException {
        int count = source.readInt();
        List<RecordHeader> headers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = new String(readBytes(source), StandardCharsets.UTF_8);
            headers.add(new RecordHeader(name, readBytes(source)));
        }
        return headers;
    }

    /** Writes length (4) and bytes; null has the length -1. */
    public static void writeBytes(byte[] bytes, DataOutputView target) throws IOException {
        if (bytes == null) {
            target.writeInt(-1);
        } else {
            target.writeInt(bytes.length);
            target.write(bytes);
        }
    }

    /** Reads what {@link #writeBytes} wrote. */
    public static byte[] readBytes(DataInputView source) throws IOException {
        int length = source.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        source.readFully(bytes);
        return bytes;
    }
}
