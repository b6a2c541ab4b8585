package phr.gateway.stats;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import phr.consent.directive.Times;
import phr.fhir.facts.DataTime;
import phr.gateway.record.Promises;
import phr.gateway.stats.Measurement.Group;

/** Writes statistics as Observations: one component each. */
final class StatisticsJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final StatsQuery query;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);

    StatisticsJson(StatsQuery query) {
        this.query = query;
    }

    /** @param time what they are computed over */
    byte[] write(Group group, Sums sums, Set<Statistic> statistics, DataTime time) {
        bytes.reset();
        try (JsonGenerator out = MAPPER.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("resourceType", "Observation");
            if (!sums.promises().isEmpty()) {
                ObjectNode promising = JsonNodeFactory.instance.objectNode();
                Promises.addTo(promising, sums.promises());
                out.writePOJOField("meta", promising.get("meta"));
            }
            out.writeStringField("status", "final");
            code(out, query.codes().get(group.code()));
            out.writeObjectFieldStart("subject");
            out.writeStringField("reference", "Patient/" + query.patient());
            out.writeEndObject();
            period(out, time);
            out.writeArrayFieldStart("component");
            for (Statistic statistic : statistics) {
                component(out, group, sums, statistic);
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void code(JsonGenerator out, String code) throws IOException {
        int bar = code.indexOf('|');
        coding(out, bar > 0 ? code.substring(0, bar) : "", code.substring(bar + 1));
    }

    private static void coding(JsonGenerator out, String system, String code) throws IOException {
        out.writeObjectFieldStart("code");
        out.writeArrayFieldStart("coding");
        out.writeStartObject();
        if (!system.isEmpty()) {
            out.writeStringField("system", system);
        }
        out.writeStringField("code", code);
        out.writeEndObject();
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void period(JsonGenerator out, DataTime time) throws IOException {
        if (time.from() == null && time.to() == null) {
            return;
        }
        out.writeObjectFieldStart("effectivePeriod");
        if (time.from() != null) {
            out.writeStringField("start", Times.writtenStart(time.from()));
        }
        if (time.to() != null) {
            out.writeStringField("end", Times.writtenEnd(time.to()));
        }
        out.writeEndObject();
    }

    private static void component(JsonGenerator out, Group group, Sums sums, Statistic statistic) throws IOException {
        out.writeStartObject();
        coding(out, Statistic.SYSTEM, statistic.code());
        out.writeObjectFieldStart("valueQuantity");
        out.writeNumberField("value", sums.value(statistic));
        if (statistic != Statistic.COUNT) {
            out.writeRaw(group.unit());
        }
        out.writeEndObject();
        out.writeEndObject();
    }
}
