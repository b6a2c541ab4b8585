package phr.fhir.sample;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;

/**
 * What the samples of a series share.
 *
 * @param pieces the JSON behind {@code {"resourceType":"Observation","id":"…"} and without {@code meta}, cut at the holes: one
 *     more than there are holes
 * @param facts of every sample; the id is {@link #NOBODY} and the time unknown
 * @param namespace of the source identity of a sample
 * @param prefix what stands before the {@link Sample#key} in the id of the source identity
 * @param version that the source gave, if any
 * @param tokens search tokens of every sample
 * @param identifierSystem system of the identifier in the hole; null when there is no such hole
 */
public record Shape(
        List<Hole> holes,
        List<byte[]> pieces,
        Facts facts,
        String namespace,
        String prefix,
        @Nullable String version,
        List<String> profiles,
        Map<String, Set<String>> tokens,
        @Nullable String identifierSystem) {

    /** Takes the place of the id where there is none. */
    public static final UUID NOBODY = new UUID(0, 0);

    private static final String TYPE = "{\"resourceType\":\"Observation\",\"id\":\"";
    private static final int LONGEST_MOMENT = 40;
    private static final int LONGEST_DECIMAL = 24;

    public Shape {
        holes = List.copyOf(holes);
        pieces = List.copyOf(pieces);
        profiles = List.copyOf(profiles);
        tokens = Map.copyOf(tokens);
        if (pieces.size() != holes.size() + 1) {
            throw new IllegalArgumentException("a hole is between two pieces");
        }
    }

    /** The facts of one sample. */
    public Facts facts(Sample sample) {
        return facts(sample.id(), sample.from(), sample.to());
    }

    /**
     * @param from start of the data time, microseconds since 1970
     * @param to its end, exclusive
     */
    public Facts facts(UUID id, long from, long to) {
        return new Facts(
                facts.type(),
                id,
                facts.documentType(),
                facts.source(),
                facts.device(),
                facts.categories(),
                facts.codes(),
                facts.authors(),
                facts.linksOut(),
                facts.labels(),
                DataTime.between(instant(from), instant(to)),
                facts.basis());
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** Search tokens of one sample. */
    public Map<String, Set<String>> tokens(Sample sample) {
        if (identifierSystem == null) {
            return tokens;
        }
        Map<String, Set<String>> all = new HashMap<>(tokens);
        Set<String> identifiers = new TreeSet<>(tokens.getOrDefault("identifier", Set.of()));
        identifiers.add(identifierSystem + "|" + sample.key());
        all.put("identifier", Set.copyOf(identifiers));
        return all;
    }

    /** The complete JSON, without {@code meta}. */
    public byte[] json(Sample sample) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        byte[] head = head(sample.id());
        out.write(head, 0, head.length);
        write(sample, out);
        return out.toByteArray();
    }

    /** How the JSON begins. */
    public static byte[] head(UUID id) {
        return (TYPE + id + '"').getBytes(StandardCharsets.US_ASCII);
    }

    /** The JSON behind the id. */
    public void write(Sample sample, ByteArrayOutputStream out) {
        int number = 0;
        out.writeBytes(pieces.get(0));
        for (int i = 0; i < holes.size(); i++) {
            switch (holes.get(i)) {
                case IDENTIFIER -> out.writeBytes(sample.key().getBytes(StandardCharsets.UTF_8));
                case START -> write(sample.start(), out);
                case END -> write(sample.end(), out);
                case ISSUED -> write(sample.issued(), out);
                case NUMBER -> write(sample.numbers().get(number++), out);
            }
            out.writeBytes(pieces.get(i + 1));
        }
    }

    private static void write(@Nullable Moment moment, ByteArrayOutputStream out) {
        if (moment == null) {
            throw new IllegalStateException("a hole without its moment");
        }
        byte[] text = new byte[LONGEST_MOMENT];
        out.write(text, 0, moment.writeTo(text, 0));
    }

    private static void write(Decimal decimal, ByteArrayOutputStream out) {
        byte[] text = new byte[LONGEST_DECIMAL];
        out.write(text, 0, decimal.writeTo(text, 0));
    }

    /**
     * Everything that comes from the content, and nothing that the label tables of the day say: equal for shapes of one series.
     */
    public byte[] content() {
        List<String> parts = new ArrayList<>();
        parts.add(namespace);
        parts.add(prefix);
        parts.add(String.valueOf(identifierSystem));
        parts.add(String.valueOf(facts.source()));
        parts.add(String.valueOf(facts.device()));
        parts.add(String.valueOf(facts.basis().categories() == null));
        parts.addAll(given(facts.basis().given()));
        addAll(
                parts,
                facts.basis().categories() == null
                        ? Set.of()
                        : names(facts.basis().categories()));
        addAll(parts, facts.codes().values());
        addAll(parts, facts.authors().values());
        addAll(parts, facts.linksOut());
        addAll(parts, profiles);
        holes.forEach(hole -> parts.add(hole.name()));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
        for (byte[] piece : pieces) {
            content.write(0);
            content.writeBytes(piece);
        }
        return content.toByteArray();
    }

    private static List<String> given(@Nullable Labels given) {
        List<String> parts = new ArrayList<>();
        if (given != null) {
            parts.add(given.labelled() + given.confidentiality().name());
            addAll(parts, given.sensitivities());
        }
        return parts;
    }

    private static Set<String> names(Set<? extends Enum<?>> values) {
        Set<String> names = new TreeSet<>();
        values.forEach(value -> names.add(value.name()));
        return names;
    }

    private static void addAll(List<String> parts, Iterable<String> values) {
        parts.add("\1");
        List<String> sorted = new ArrayList<>();
        values.forEach(sorted::add);
        sorted.sort(null);
        parts.addAll(sorted);
    }
}
