package io.gatewatch.job.sink.jdbc;

import java.util.OptionalLong;
import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.util.UserCodeClassLoader;

/**
 * What the JDBC sink asks for when it makes a writer, of an operator that is no sink of Flink's
 * because it hands on what was refused. The sink has no state and asks for nothing else.
 */
final class WriterContext implements WriterInitContext {
    private final RuntimeContext runtime;
    private final TypeSerializer<?> rows;

    WriterContext(RuntimeContext runtime, TypeSerializer<?> rows) {
        this.runtime = runtime;
        this.rows = rows;
    }

    @Override
    public OptionalLong getRestoredCheckpointId() {
        return OptionalLong.empty();
    }

    @Override
    public JobInfo getJobInfo() {
        return runtime.getJobInfo();
    }

    @Override
    public TaskInfo getTaskInfo() {
        return runtime.getTaskInfo();
    }

    /** Rows that are held until they are written are not changed meanwhile. */
    @Override
    public boolean isObjectReuseEnabled() {
        return true;
    }

    @Override
    @SuppressWarnings("unchecked") // the caller's type is the operator's
    public <T> TypeSerializer<T> createInputSerializer() {
        return (TypeSerializer<T>) rows;
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        throw notThere("class loader");
    }

    @Override
    public MailboxExecutor getMailboxExecutor() {
        throw notThere("mailbox");
    }

    @Override
    public ProcessingTimeService getProcessingTimeService() {
        throw notThere("time service");
    }

    @Override
    public SinkWriterMetricGroup metricGroup() {
        throw notThere("metric group");
    }

    @Override
    public SerializationSchema.InitializationContext asSerializationSchemaInitializationContext() {
        throw notThere("serialization schema");
    }

    private static UnsupportedOperationException notThere(String what) {
        return new UnsupportedOperationException("the JDBC sink needs no " + what);
    }
}
