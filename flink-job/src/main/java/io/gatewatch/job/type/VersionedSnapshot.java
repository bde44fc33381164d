package io.gatewatch.job.type;

import java.io.IOException;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a savepoint remembers of a {@link VersionedSerializer}: its version. State of the same
 * version is taken as it is, state of an older one is read by {@link VersionedSerializer#ofVersion}
 * and written anew, state of a newer program is refused. Each serializer has a public static
 * subclass with a public constructor without parameters, because Flink makes it by its name.
 */
public abstract class VersionedSnapshot<T> implements TypeSerializerSnapshot<T> {
    private static final int LAYOUT_VERSION = 1;

    private final Supplier<? extends VersionedSerializer<T>> serializer;
    private int writtenVersion;

    protected VersionedSnapshot(Supplier<? extends VersionedSerializer<T>> serializer) {
        this.serializer = serializer;
        this.writtenVersion = serializer.get().version();
    }

    /** Version of the serializer that wrote the state. */
    public int writtenVersion() {
        return writtenVersion;
    }

    @Override
    public int getCurrentVersion() {
        return LAYOUT_VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeInt(writtenVersion);
    }

    @Override
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader loader)
            throws IOException {
        if (readVersion != LAYOUT_VERSION) {
            throw new IOException(
                    "serializer snapshot of layout "
                            + readVersion
                            + ": this program reads layout "
                            + LAYOUT_VERSION);
        }
        writtenVersion = in.readInt();
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return serializer.get().ofVersion(writtenVersion);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
            TypeSerializerSnapshot<T> old) {
        if (old.getClass() != getClass()) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        int oldVersion = ((VersionedSnapshot<T>) old).writtenVersion;
        if (oldVersion == writtenVersion) {
            return TypeSerializerSchemaCompatibility.compatibleAsIs();
        }
        return oldVersion < writtenVersion
                ? TypeSerializerSchemaCompatibility.compatibleAfterMigration()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
