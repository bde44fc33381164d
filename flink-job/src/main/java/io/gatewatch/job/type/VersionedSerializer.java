package io.gatewatch.job.type;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A serializer without state whose format carries a version: savepoints keep the version they were
 * written in, and {@link #ofVersion} gives the serializer that reads an older one. The values are
 * never null.
 */
public abstract class VersionedSerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;

    /** Version that {@link #serialize} writes, counted from 1. */
    public abstract int version();

    /**
     * The serializer that reads values of {@code version}, 1 to {@link #version()}. To be
     * overridden with the second version.
     *
     * @throws IllegalStateException if there is none
     */
    public TypeSerializer<T> ofVersion(int version) {
        if (version != version()) {
            throw new IllegalStateException(
                    getClass().getSimpleName()
                            + " reads version "
                            + version()
                            + ": the state is of version "
                            + version);
        }
        return this;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return this;
    }

    /** Values are made by their owners alone; Flink asks only for serializers that reuse. */
    @Override
    public T createInstance() {
        return null;
    }

    @Override
    public T copy(T from, T reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean equals(Object other) {
        return getClass().isInstance(other);
    }

    @Override
    public int hashCode() {
        return getClass().hashCode();
    }
}
