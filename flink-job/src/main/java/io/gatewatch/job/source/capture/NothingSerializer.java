package io.gatewatch.job.source.capture;

import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The enumerator has no state: the capture is read once, from its beginning to its end. */
final class NothingSerializer implements SimpleVersionedSerializer<Void> {
    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    public byte[] serialize(Void nothing) {
        return new byte[0];
    }

    @Override
    public Void deserialize(int version, byte[] serialized) {
        return null;
    }
}
