package io.gatewatch.capture.batch;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;

/**
 * The number that a run of an agent goes by. The job drops a batch whose boot id and sequence it
 * has seen, so two runs may share a boot id only if they make the same batches.
 */
public final class BootId {
    private static final int SAMPLE_BYTES = 64 * 1024;

    private BootId() {}

    /** A number that no other run has: live capture, and files shipped again on purpose. */
    public static long random() {
        return new SecureRandom().nextLong();
    }

    /**
     * The number of a run over these files, the same whenever they are shipped again: SHA-256, cut
     * to 64 bits, over everything that shapes a batch: all settings but the boot id, the program's
     * version, and of each file, in order, its size and its first and last 64 KiB. Files that
     * cannot be read twice (a pipe) make it a {@link #random} one.
     */
    public static long ofFiles(BatchSettings settings, String programVersion, List<Path> files)
            throws IOException {
        MessageDigest digest = sha256();
        digest.update(describe(settings.withBootId(0), programVersion, files.size()));
        for (Path file : files) {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                return random();
            }
            sample(digest, file);
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static byte[] describe(BatchSettings settings, String programVersion, int files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(programVersion);
            out.writeUTF(settings.toString()); // a record states every component
            out.writeInt(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void sample(MessageDigest digest, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, size));
            ByteBuffer buffer = ByteBuffer.allocate(SAMPLE_BYTES);
            update(digest, channel, 0, buffer);
            update(digest, channel, Math.max(0, size - SAMPLE_BYTES), buffer);
        }
    }

    private static void update(
            MessageDigest digest, FileChannel channel, long position, ByteBuffer buffer)
            throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                break;
            }
        }
        digest.update(buffer.flip());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
