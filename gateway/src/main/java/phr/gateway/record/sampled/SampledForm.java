package phr.gateway.record.sampled;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import phr.consent.directive.Times;
import phr.fhir.Fhir;
import phr.gateway.record.Sum;
import phr.gateway.record.series.SlotDay;
import phr.gateway.record.series.SlotDay.Part;

/** Writes SampledData of one series, and daily summaries of all that count the same (lifelog.md §4, §5). */
public final class SampledForm {

    /** How values that share a slot became one: {@code mean} or {@code sum}. */
    static final String METHOD = Fhir.CANONICAL + "/StructureDefinition/slot-method";

    private static final String AGGREGATE = Fhir.CANONICAL + "/StructureDefinition/aggregate";
    /** A source that was believed where several have counted the same. */
    private static final String CHOSEN_SOURCE = Fhir.CANONICAL + "/StructureDefinition/chosen-source";

    private static final String STATISTICS = "http://terminology.hl7.org/CodeSystem/observation-statistics";
    private static final String SUBSETTED = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
    private static final String LOINC = "http://loinc.org";
    /** Units of levels and lengths that do not add up, besides everything per time. */
    private static final Set<String> LEVELS = Set.of("%", "W", "cm", "ms", "dB[SPL]");

    private static final Map<String, String> OF_24_HOURS = Map.of("55423-8", "41950-7", "41981-2", "41979-6");
    private static final Set<String> VOID = Set.of("entered-in-error", "cancelled");
    /** What is one sample's alone, or written anew. */
    private static final Set<String> OWN = Set.of(
            "resourceType",
            "id",
            "meta",
            "text",
            "identifier",
            "effectiveDateTime",
            "effectivePeriod",
            "issued",
            "note",
            "extension",
            "code",
            "valueQuantity",
            "interpretation",
            "component");

    /** What is joined otherwise than by being the same. */
    private static final Set<String> JOINED = Set.of("meta", "extension", "code", "valueQuantity");

    private static final List<String> UNIT = List.of("unit", "system", "code");
    private static final int VERSIONS = 999_999_999;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final ObjectNode example;
    private final boolean rate;

    /** One of them, ready to serve. */
    public record Sampled(int version, byte[] json) {}

    private SampledForm(ObjectNode example) {
        this.example = example;
        String unit = example.at("/valueQuantity/code").asText();
        this.rate = unit.contains("/") || LEVELS.contains(unit);
    }

    /**
     * Empty when samples of the series have no single number to be sampled.
     *
     * @param json of any sample of the series
     * @param numbers how many numbers it has
     */
    public static Optional<SampledForm> of(byte[] json, int numbers) {
        ObjectNode example = tree(json);
        JsonNode quantity = example.path("valueQuantity");
        boolean one = numbers == 1 && quantity.path("value").isNumber() && !quantity.has("comparator");
        return one && !VOID.contains(example.path("status").asText())
                ? Optional.of(new SampledForm(example))
                : Optional.empty();
    }

    /**
     * What several series that add to one total have in common: what differs is left out, security labels are those of all. The device
     * is named when it is one.
     *
     * @param forms at least one
     */
    public static SampledForm joined(List<SampledForm> forms) {
        SampledForm first = forms.get(0);
        if (forms.size() == 1) {
            return first;
        }
        ObjectNode joined = first.example.deepCopy();
        for (SampledForm form : forms) {
            ObjectNode other = form.example;
            joined.remove(first.example.properties().stream()
                    .filter(field -> !JOINED.contains(field.getKey())
                            && !field.getValue().equals(other.get(field.getKey())))
                    .map(Map.Entry::getKey)
                    .toList());
            retain(joined.path("extension"), other.path("extension"));
            ArrayNode labels = joined.withObject("/meta").withArray("security");
            other.path("meta").path("security").forEach(label -> {
                if (!contains(labels, label)) {
                    labels.add(label);
                }
            });
            if (labels.isEmpty()) {
                joined.withObject("/meta").remove("security");
            }
        }
        if (!joined.has("contained")) {
            joined.remove("device");
        }
        return new SampledForm(joined);
    }

    private static void retain(JsonNode mine, JsonNode others) {
        for (Iterator<JsonNode> each = mine.elements(); each.hasNext(); ) {
            if (!contains(others, each.next())) {
                each.remove();
            }
        }
    }

    private static boolean contains(JsonNode list, JsonNode one) {
        for (JsonNode element : list) {
            if (element.equals(one)) {
                return true;
            }
        }
        return false;
    }

    /** @param subset the search left some out */
    public Sampled part(UUID id, SlotDay day, Part part, boolean subset) {
        ObjectNode observation = begin();
        observation.withArray("extension").addObject().put("url", METHOD).put("valueCode", rate ? "mean" : "sum");
        observation.set("code", example.path("code"));
        observation
                .putObject("effectivePeriod")
                .put("start", Times.written(instant(day.start(part.first()))))
                .put("end", Times.written(instant(day.start(part.last() + 1))));
        ObjectNode sampled = observation.putObject("valueSampledData");
        unit(sampled.putObject("origin").put("value", 0), "");
        sampled.put("period", SlotDay.PERIOD).put("dimensions", 1).put("data", data(day, part));
        return written(id, observation, day, subset);
    }

    private String data(SlotDay day, Part part) {
        StringBuilder data = new StringBuilder();
        for (int slot = part.first(); slot <= part.last(); slot++) {
            data.append(slot == part.first() ? "" : " ");
            if (day.has(slot)) {
                BigDecimal sum = day.total(slot).sum();
                data.append(plain(rate ? mean(sum, day.count(slot)) : sum).toPlainString());
            } else {
                data.append('E');
            }
        }
        return data.toString();
    }

    /**
     * @param subset the search left some out
     * @param chosen names of the sources that were chosen where several had something
     */
    public Sampled summary(UUID id, SlotDay day, LocalDate date, boolean subset, Collection<String> chosen) {
        ObjectNode observation = begin();
        ArrayNode extensions = observation.withArray("extension");
        extensions.addObject().put("url", AGGREGATE).put("valueBoolean", true);
        chosen.forEach(source -> extensions
                .addObject()
                .put("url", CHOSEN_SOURCE)
                .putObject("valueReference")
                .put("display", source));
        observation.set("code", ofTheDay());
        observation.putObject("effectivePeriod").put("start", date.toString()).put("end", date.toString());
        Sum total = day.total();
        if (!rate) {
            unit(observation.putObject("valueQuantity").put("value", plain(total.sum())), "/d");
        }
        ArrayNode components = observation.putArray("component");
        unit(component(components, "average", mean(total.sum(), day.count())), "");
        unit(component(components, "minimum", total.least()), "");
        unit(component(components, "maximum", total.greatest()), "");
        if (!rate) {
            unit(component(components, "sum", total.sum()), "");
        }
        component(components, "count", BigDecimal.valueOf(day.count()));
        return written(id, observation, day, subset);
    }

    /** The code of 24 hours where there is one, and those of the samples: found like these. */
    private ObjectNode ofTheDay() {
        ObjectNode code = example.path("code").deepCopy();
        ArrayNode codings = code.withArray("coding");
        for (JsonNode coding : codings) {
            String of24Hours = OF_24_HOURS.get(coding.path("code").asText());
            if (of24Hours != null && coding.path("system").asText().equals(LOINC)) {
                codings.insertObject(0).put("system", LOINC).put("code", of24Hours);
                break;
            }
        }
        return code;
    }

    private static ObjectNode component(ArrayNode components, String statistic, BigDecimal value) {
        ObjectNode component = components.addObject();
        component
                .putObject("code")
                .putArray("coding")
                .addObject()
                .put("system", STATISTICS)
                .put("code", statistic);
        return component.putObject("valueQuantity").put("value", plain(value));
    }

    private void unit(ObjectNode quantity, String per) {
        for (String part : UNIT) {
            JsonNode value = example.path("valueQuantity").path(part);
            if (value.isTextual()) {
                quantity.put(part, value.textValue() + (part.equals("system") ? "" : per));
            }
        }
    }

    private ObjectNode begin() {
        ObjectNode observation = MAPPER.createObjectNode();
        if (example.path("extension").isArray()) {
            observation.set("extension", example.get("extension").deepCopy());
        }
        example.properties().stream()
                .filter(field -> !OWN.contains(field.getKey().replaceFirst("^_", "")))
                .forEach(field -> observation.set(field.getKey(), field.getValue()));
        return observation;
    }

    /** The version follows from the content: it is another when a sample comes, goes or is hidden. */
    private Sampled written(UUID id, ObjectNode observation, SlotDay day, boolean subset) {
        Instant updated = Instant.ofEpochMilli(day.updated());
        ObjectNode meta = example.path("meta").deepCopy();
        meta.remove(List.of("profile", "versionId", "lastUpdated"));
        if (subset) {
            meta.withArray("tag").addObject().put("system", SUBSETTED).put("code", "SUBSETTED");
        }
        int hash = Arrays.hashCode((updated + meta.toString() + observation).getBytes(StandardCharsets.UTF_8));
        int version = Math.floorMod(hash, VERSIONS) + 1;
        ObjectNode whole =
                MAPPER.createObjectNode().put("resourceType", "Observation").put("id", id.toString());
        whole.putObject("meta")
                .put("versionId", Integer.toString(version))
                .put("lastUpdated", updated.toString())
                .setAll(meta);
        whole.setAll(observation);
        return new Sampled(version, whole.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static BigDecimal mean(BigDecimal sum, int count) {
        return sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL32);
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static ObjectNode tree(byte[] json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (IOException e) {
            // The message of the cause would quote the record.
            throw new IllegalStateException("stored resource is not JSON");
        }
    }
}
