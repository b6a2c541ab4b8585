package phr.fhir.validate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.LabelBasis;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.normalise.lifelog.LifelogCategories;
import phr.fhir.sample.Cuts;
import phr.fhir.sample.Cuts.Cut;
import phr.fhir.sample.Cuts.Part;
import phr.fhir.sample.Decimal;
import phr.fhir.sample.Hole;
import phr.fhir.sample.Moment;
import phr.fhir.sample.Sample;
import phr.fhir.sample.Shape;
import phr.fhir.sample.Shapes;

/**
 * Tells dense Observations (lifelog.md §5) from documents. What it packs is, unpacked by {@link Document#of}, the same document
 * byte for byte and fact for fact; anything else stays a document. Not thread-safe.
 */
public final class Packing {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final Shapes shapes;

    /** @param shapes equal ones become one object */
    public Packing(Shapes shapes) {
        this.shapes = shapes;
    }

    /** Empty when it stays a document. */
    public Optional<Sample> sample(Document document) {
        return dense(document.tokens()) ? like(document) : Optional.empty();
    }

    /** The same of an Observation that need not be dense: others differ from it in identity, time and numbers only. */
    Optional<Sample> like(Document document) {
        Facts facts = document.facts();
        boolean observation = facts.type().equals("Observation");
        boolean alone = facts.linksOut().stream().allMatch(link -> link.startsWith("Patient/"));
        if (!observation || !alone || !facts.time().known() || facts.basis().equals(LabelBasis.NONE)) {
            return Optional.empty();
        }
        return Optional.ofNullable(packed(document)).filter(sample -> same(document, sample));
    }

    /** Whether samples of the shape are kept as such. */
    static boolean dense(Shape shape) {
        return dense(shape.tokens());
    }

    private static boolean dense(Map<String, Set<String>> tokens) {
        return LifelogCategories.dense(tokens.getOrDefault("code", Set.of()));
    }

    private @Nullable Sample packed(Document document) {
        byte[] json = document.json();
        byte[] head = Shape.head(document.facts().id());
        Cuts cuts = Arrays.mismatch(head, json) == head.length ? Cuts.observation(json) : null;
        Key key = cuts == null ? null : Key.of(document.source(), cuts, json);
        if (cuts == null || key == null) {
            return null;
        }
        Pieces pieces = new Pieces(json, head.length);
        for (Cut cut : cuts.cuts()) {
            pieces.add(cut, key);
        }
        boolean empty = pieces.numbers.isEmpty() && dense(document.tokens());
        if (pieces.start == null || empty || pieces.unfit) {
            return null;
        }
        Shape shape = shapes.one(new Shape(
                pieces.holes,
                pieces.all(),
                nobody(document.facts()),
                document.source().namespace(),
                key.prefix(),
                document.source().version(),
                document.profiles(),
                without(document.tokens(), key),
                key.system()));
        return new Sample(
                shape, document.facts().id(), key.text(), pieces.start, pieces.end, pieces.issued, pieces.numbers);
    }

    private static boolean same(Document document, Sample sample) {
        if (sample.from() >= sample.to()) {
            return false;
        }
        Document again = Document.of(sample);
        return again.facts().equals(document.facts())
                && again.source().equals(document.source())
                && again.profiles().equals(document.profiles())
                && again.tokens().equals(document.tokens())
                && Arrays.equals(again.json(), document.json());
    }

    private static Facts nobody(Facts facts) {
        return new Facts(
                facts.type(),
                Shape.NOBODY,
                facts.documentType(),
                facts.source(),
                facts.device(),
                facts.categories(),
                facts.codes(),
                facts.authors(),
                facts.linksOut(),
                facts.labels(),
                DataTime.UNKNOWN,
                facts.basis());
    }

    private static Map<String, Set<String>> without(Map<String, Set<String>> tokens, Key key) {
        if (key.system() == null) {
            return tokens;
        }
        Map<String, Set<String>> others = new HashMap<>(tokens);
        Set<String> identifiers = new HashSet<>(tokens.getOrDefault("identifier", Set.of()));
        identifiers.remove(key.system() + "|" + key.text());
        if (identifiers.isEmpty()) {
            others.remove("identifier");
        } else {
            others.put("identifier", Set.copyOf(identifiers));
        }
        return others;
    }

    /**
     * What tells the sample apart within its source.
     *
     * @param prefix of the source's id, before the text
     * @param system of the identifier whose value the text is; null when the text is not in the JSON
     */
    private record Key(String prefix, String text, @Nullable String system) {

        /** Null when the source calls it something that is neither its identifier nor a hash of the content. */
        static @Nullable Key of(SourceIdentity source, Cuts cuts, byte[] json) {
            Cut cut = cuts.first(Part.IDENTIFIER);
            String system = cuts.identifierSystem();
            if (cut == null || system == null) {
                int last = source.id().lastIndexOf('|') + 1;
                String tail = source.id().substring(last);
                boolean hash = HASH.matcher(tail).matches();
                return hash ? new Key(source.id().substring(0, last), tail, null) : null;
            }
            String value = new String(json, cut.from(), cut.to() - cut.from(), StandardCharsets.UTF_8);
            String prefix = source.namespace().equals(system) ? "" : system + "|";
            return source.id().equals(prefix + value) ? new Key(prefix, value, system) : null;
        }
    }

    /** The JSON while it is taken apart. */
    private static final class Pieces {

        private final byte[] json;
        private int from;
        private final List<Hole> holes = new ArrayList<>();
        private final List<byte[]> pieces = new ArrayList<>();
        private final List<Decimal> numbers = new ArrayList<>();
        private @Nullable Moment start;
        private @Nullable Moment end;
        private @Nullable Moment issued;
        private boolean unfit;

        Pieces(byte[] json, int from) {
            this.json = json;
            this.from = from;
        }

        void add(Cut cut, Key key) {
            switch (cut.part()) {
                case IDENTIFIER -> {
                    if (key.system() != null) {
                        hole(Hole.IDENTIFIER, cut, this);
                    }
                }
                case START -> start = hole(Hole.START, cut, moment(cut));
                case END -> end = hole(Hole.END, cut, moment(cut));
                case ISSUED -> issued = hole(Hole.ISSUED, cut, moment(cut));
                case NUMBER -> {
                    Decimal number = hole(Hole.NUMBER, cut, Decimal.parse(json, cut.from(), cut.to()));
                    if (number != null) {
                        numbers.add(number);
                    }
                }
                default -> {
                    // the id is not part of the pieces; the store writes the rest itself
                }
            }
        }

        private <T> @Nullable T hole(Hole hole, Cut cut, @Nullable T value) {
            unfit |= value == null || holes.contains(hole) && hole != Hole.NUMBER;
            holes.add(hole);
            pieces.add(Arrays.copyOfRange(json, from, cut.from()));
            from = cut.to();
            return value;
        }

        private @Nullable Moment moment(Cut cut) {
            return Moment.parse(json, cut.from(), cut.to());
        }

        List<byte[]> all() {
            pieces.add(Arrays.copyOfRange(json, from, json.length));
            return pieces;
        }
    }
}
