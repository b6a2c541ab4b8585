package phr.fhir.normalise.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phr.fhir.NamedIds;
import phr.fhir.PersonId;
import phr.fhir.sample.Cuts;
import phr.fhir.sample.Cuts.Cut;
import phr.fhir.sample.Cuts.Part;
import phr.fhir.sample.Sample;
import phr.fhir.sample.Shape;

/**
 * The templates of one file, the last used first; the least used gives way. Not thread-safe.
 *
 * @param <T> what the reader of the file remembers of a series
 */
public final class Templates<T> {

    static final int MOST = 64;

    /** A sample and what is remembered of its series. */
    private record Known<T>(Template template, T series) {}

    private final UUID namespace;
    private final PersonId person;
    private final List<Known<T>> known = new ArrayList<>();

    /** @param namespace of sample ids (lifelog.md §4, sample id) */
    public Templates(UUID namespace, PersonId person) {
        this.namespace = namespace;
        this.person = person;
    }

    /** The sample that a piece of the file is; null when it has to go the long way. */
    public @Nullable Sample match(byte[] bytes, int from, int to) {
        for (int i = 0; i < known.size(); i++) {
            Sample sample = known.get(i).template().match(bytes, from, to);
            if (sample != null) {
                if (i > 0) {
                    known.add(0, known.remove(i));
                }
                return sample;
            }
        }
        return null;
    }

    /** What is remembered of the series of the last match. */
    public T series() {
        return known.get(0).series();
    }

    /**
     * Learns from a piece that went the long way. Does nothing when its bytes do not tell what came out.
     *
     * @param entry the piece is a Bundle entry with the resource in it
     * @param compact the resource as the content hash sees it
     * @param sample what came out
     */
    public void learn(byte[] piece, boolean entry, String compact, Sample sample, T series) {
        Cuts cuts = entry ? Cuts.entry(piece) : Cuts.observation(piece);
        Template template = cuts == null ? null : template(piece, cuts, compact, sample);
        if (template == null || !sample.equals(template.match(piece, 0, piece.length))) {
            return;
        }
        if (known.size() == MOST) {
            known.remove(MOST - 1);
        }
        known.add(0, new Known<>(template, series));
    }

    private @Nullable Template template(byte[] piece, Cuts cuts, String compact, Sample sample) {
        Template.Naming naming = naming(piece, cuts, compact, sample);
        List<Cut> numbers =
                cuts.cuts().stream().filter(cut -> cut.part() == Part.NUMBER).toList();
        if (naming == null || numbers.size() != sample.numbers().size()) {
            return null;
        }
        int[] order = numbers.stream().mapToInt(Cut::rank).sorted().toArray();
        int[] ranks = cuts.cuts().stream()
                .mapToInt(cut -> Math.max(0, Arrays.binarySearch(order, cut.rank())))
                .toArray();
        List<Part> parts = cuts.cuts().stream().map(Cut::part).toList();
        return new Template(pieces(piece, cuts.cuts()), parts, ranks, order.length, sample.shape(), naming);
    }

    /** Null when the key of the sample does not stand in the piece. */
    private Template.@Nullable Naming naming(byte[] piece, Cuts cuts, String compact, Sample sample) {
        Shape shape = sample.shape();
        NamedIds ids = new NamedIds(namespace, person + "|" + shape.namespace() + "|" + shape.prefix());
        if (shape.identifierSystem() == null) {
            List<byte[]> hashed = hashed(cuts, compact);
            return hashed == null ? null : new Template.Naming(Template.Name.HASH, new byte[0], hashed, ids);
        }
        if (cuts.identifierSystem() != null) {
            return new Template.Naming(Template.Name.IDENTIFIER, new byte[0], List.of(), ids);
        }
        Cut id = cuts.first(Part.ID);
        if (id == null) {
            return null;
        }
        String text = new String(piece, id.from(), id.to() - id.from(), StandardCharsets.UTF_8);
        if (!sample.key().endsWith(text)) {
            return null;
        }
        byte[] prefix =
                sample.key().substring(0, sample.key().length() - text.length()).getBytes(StandardCharsets.UTF_8);
        return new Template.Naming(Template.Name.ID, prefix, List.of(), ids);
    }

    private static @Nullable List<byte[]> hashed(Cuts cuts, String compact) {
        byte[] json = compact.getBytes(StandardCharsets.UTF_8);
        Cuts own = Cuts.observation(json);
        List<Part> parts = cuts.cuts().stream()
                .map(Cut::part)
                .filter(part -> part != Part.AROUND)
                .toList();
        boolean alike =
                own != null && own.cuts().stream().map(Cut::part).toList().equals(parts);
        return alike ? pieces(json, Objects.requireNonNull(own).cuts()) : null;
    }

    private static List<byte[]> pieces(byte[] json, List<Cut> cuts) {
        return IntStream.rangeClosed(0, cuts.size())
                .mapToObj(i -> Arrays.copyOfRange(
                        json,
                        i == 0 ? 0 : cuts.get(i - 1).to(),
                        i == cuts.size() ? json.length : cuts.get(i).from()))
                .toList();
    }
}
