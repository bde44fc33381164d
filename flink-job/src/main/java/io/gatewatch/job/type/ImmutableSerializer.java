package io.gatewatch.job.type;

/** A serializer of values that nobody changes: Flink may hand them on without copying. */
public abstract class ImmutableSerializer<T> extends VersionedSerializer<T> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public T copy(T from) {
        return from;
    }
}
