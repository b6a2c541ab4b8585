package phr.deploy.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A report as JSON, to be compared with another run by a program. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    public static void write(Report report, Path file) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        report.machine().forEach(root.putObject("machine")::put);
        report.outcomes().forEach((subject, values) -> {
            ObjectNode row = root.withArray("results").addObject().put("work", subject.name());
            row.put("unit", subject.unit().name());
            values.forEach((contender, outcome) -> row.set(contender, values(outcome)));
        });
        report.limits().forEach((name, outcome) -> root.withObject("/limits").set(name, values(outcome)));
        for (Map.Entry<String, Report.Memory> used : report.memory().entrySet()) {
            root.withObject("/memory")
                    .putObject(used.getKey())
                    .put("peakResident", used.getValue().peakResident())
                    .put("peakHeap", used.getValue().peakHeap())
                    .put("liveHeap", used.getValue().liveHeap());
        }
        report.notes().forEach(root.putArray("notes")::add);
        MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    }

    private static ObjectNode values(Outcome outcome) {
        ObjectNode node = MAPPER.createObjectNode().put("value", outcome.value());
        if (outcome.done() > 0) {
            node.put("rounds", outcome.spread())
                    .put("done", outcome.done())
                    .put("seconds", outcome.expense().seconds())
                    .put("serverCpuSeconds", outcome.expense().server())
                    .put("databaseCpuSeconds", outcome.expense().database())
                    .put("clientCpuSeconds", outcome.expense().client())
                    .put("otherCpus", outcome.expense().others());
        }
        return node;
    }
}
