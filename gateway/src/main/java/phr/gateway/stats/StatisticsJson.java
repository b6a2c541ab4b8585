package phr.gateway.stats;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import phr.consent.directive.Times;
import phr.fhir.Fhir;
import phr.fhir.facts.DataTime;
import phr.gateway.record.Promises;
import phr.gateway.stats.Measurement.Group;

/** Writes statistics as Observations: one component each. Ten years by day are thousands, so what repeats is made once. */
final class StatisticsJson {

    /** A source that was believed where several have counted the same. */
    private static final String CHOSEN_SOURCE = Fhir.CANONICAL + "/StructureDefinition/chosen-source";

    private final StatsQuery query;
    private final Map<Group, String> heads = new HashMap<>();
    private final Map<Statistic, String> components = new EnumMap<>(Statistic.class);
    private final StringBuilder json = new StringBuilder(1024);

    StatisticsJson(StatsQuery query) {
        this.query = query;
    }

    /** @param time what they are computed over */
    byte[] write(Group group, Sums sums, Set<Statistic> statistics, DataTime time) {
        json.setLength(0);
        json.append("{\"resourceType\":\"Observation\"");
        if (!sums.promises().isEmpty()) {
            ObjectNode promising = JsonNodeFactory.instance.objectNode();
            Promises.addTo(promising, sums.promises());
            json.append(",\"meta\":").append(promising.get("meta"));
        }
        String before = ",\"extension\":[";
        for (String source : sums.chosen()) {
            json.append(before).append("{\"url\":\"" + CHOSEN_SOURCE + "\",\"valueReference\":{\"display\":\"");
            quoted(json, source).append("\"}}");
            before = ",";
        }
        json.append(sums.chosen().isEmpty() ? "" : "]");
        json.append(heads.computeIfAbsent(group, this::head));
        period(time);
        before = ",\"component\":[";
        for (Statistic statistic : statistics) {
            json.append(before).append(components.computeIfAbsent(statistic, StatisticsJson::component));
            json.append(sums.value(statistic));
            json.append(statistic == Statistic.COUNT ? "" : group.unit().json()).append("}}");
            before = ",";
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private String head(Group group) {
        String code = query.codes().get(group.code()).code();
        int bar = code.indexOf('|');
        StringBuilder head = new StringBuilder(",\"status\":\"final\",\"code\":{\"coding\":[");
        coding(head, bar > 0 ? code.substring(0, bar) : "", code.substring(bar + 1));
        head.append("]},\"subject\":{\"reference\":\"");
        return quoted(head, "Patient/" + query.patient()).append("\"}").toString();
    }

    private static String component(Statistic statistic) {
        StringBuilder component = new StringBuilder("{\"code\":{\"coding\":[");
        coding(component, Statistic.SYSTEM, statistic.code());
        return component.append("]},\"valueQuantity\":{\"value\":").toString();
    }

    private static void coding(StringBuilder out, String system, String code) {
        out.append('{');
        if (!system.isEmpty()) {
            quoted(out.append("\"system\":\""), system).append("\",");
        }
        quoted(out.append("\"code\":\""), code).append("\"}");
    }

    private static StringBuilder quoted(StringBuilder out, String text) {
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        return out;
    }

    private void period(DataTime time) {
        if (time.from() == null && time.to() == null) {
            return;
        }
        json.append(",\"effectivePeriod\":{");
        if (time.from() != null) {
            json.append("\"start\":\"").append(Times.writtenStart(time.from())).append('"');
        }
        if (time.to() != null) {
            json.append(time.from() == null ? "" : ",")
                    .append("\"end\":\"")
                    .append(Times.writtenEnd(time.to()))
                    .append('"');
        }
        json.append('}');
    }
}
