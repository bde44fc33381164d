package io.gatewatch.job.names;

import io.gatewatch.dns.names.NameHistory;
import io.gatewatch.dns.names.NameKey;
import io.gatewatch.dns.names.NameTable;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.util.FlinkRuntimeException;

/** The table of names in Flink's broadcast state, which is given anew for each element. */
final class BroadcastNames implements NameTable.Store {
    private ReadOnlyBroadcastState<NameKey, NameHistory> readable;
    private BroadcastState<NameKey, NameHistory> writable;

    void readFrom(ReadOnlyBroadcastState<NameKey, NameHistory> state) {
        readable = state;
    }

    void writeTo(BroadcastState<NameKey, NameHistory> state) {
        readable = state;
        writable = state;
    }

    @Override
    public NameHistory get(NameKey key) {
        return checked(() -> readable.get(key));
    }

    @Override
    public void put(NameKey key, NameHistory history) {
        checked(
                () -> {
                    writable.put(key, history);
                    return null;
                });
    }

    @Override
    public void remove(NameKey key) {
        checked(
                () -> {
                    writable.remove(key);
                    return null;
                });
    }

    @Override
    public Iterator<Map.Entry<NameKey, NameHistory>> entries() {
        return checked(() -> writable.iterator());
    }

    private interface Access<T> {
        T run() throws Exception;
    }

    /** Broadcast state is on the heap: that its methods may fail is in their signatures alone. */
    private static <T> T checked(Access<T> access) {
        try {
            return access.run();
        } catch (Exception e) {
            throw new FlinkRuntimeException(e);
        }
    }
}
