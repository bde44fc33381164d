package io.gatewatch.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the record header {@value #HEADER} says: which batch this is and how many packets it has,
 * for readers that cannot read the batch itself. {@code BOOT:SEQUENCE:MINUTE:PACKETS}, the boot id
 * as 16 hexadecimal digits, the others decimal; ASCII.
 *
 * @param bootId as in the batch
 * @param sequence as in the batch; never negative
 * @param minute as in the batch
 * @param packets the batch's packet count
 */
public record BatchName(long bootId, long sequence, long minute, int packets) {
    /** Key of the record header. */
    public static final String HEADER = "batch";

    private static final Pattern TEXT =
            Pattern.compile("([0-9a-f]{16}):([0-9]{1,19}):(-?[0-9]{1,19}):([0-9]{1,10})");
    private static final int MAX_LENGTH = 16 + 1 + 19 + 1 + 20 + 1 + 10;

    /**
     * The name of a batch.
     *
     * @param batch as the encoder made it; nothing but its fixed head is looked at
     */
    public static BatchName of(byte[] batch) {
        ByteBuffer head = ByteBuffer.wrap(batch);
        return new BatchName(
                head.getLong(BatchLayout.BOOT_ID_OFFSET),
                head.getLong(BatchLayout.SEQUENCE_OFFSET),
                head.getLong(BatchLayout.MINUTE_OFFSET),
                head.getInt(BatchLayout.PACKET_COUNT_OFFSET));
    }

    /**
     * Reads a header's value.
     *
     * @throws WireFormatException if it is none, or has numbers out of range
     */
    public static BatchName parse(byte[] value) throws WireFormatException {
        if (value == null || value.length > MAX_LENGTH) {
            throw new WireFormatException("no name of a batch");
        }
        Matcher text = TEXT.matcher(new String(value, StandardCharsets.ISO_8859_1));
        if (!text.matches()) {
            throw new WireFormatException("no name of a batch");
        }
        try {
            return new BatchName(
                    HexFormat.fromHexDigitsToLong(text.group(1)),
                    Long.parseLong(text.group(2)),
                    Long.parseLong(text.group(3)),
                    Integer.parseInt(text.group(4)));
        } catch (NumberFormatException e) {
            throw new WireFormatException("name of a batch with numbers out of range");
        }
    }

    /** The header's value. */
    public byte[] toBytes() {
        return toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(bootId) + ":" + sequence + ":" + minute + ":" + packets;
    }
}
