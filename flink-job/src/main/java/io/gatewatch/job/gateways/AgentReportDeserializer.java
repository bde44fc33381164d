package io.gatewatch.job.gateways;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records of the agents' topic to rows; what is no report is logged and left out. */
public final class AgentReportDeserializer implements KafkaRecordDeserializationSchema<GatewayRow> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(AgentReportDeserializer.class);

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<GatewayRow> out) {
        if (record.value() == null) {
            return;
        }
        try {
            out.collect(AgentReportReader.read(record.value(), record.timestamp()));
        } catch (IOException e) {
            LOG.warn(
                    "agent report refused: partition={} offset={} reason={}",
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    @Override
    public TypeInformation<GatewayRow> getProducedType() {
        return GatewayRowSerializer.TYPE;
    }
}
