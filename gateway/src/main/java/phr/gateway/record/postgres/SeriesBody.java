package phr.gateway.record.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.LabelBasis;
import phr.fhir.facts.LabelHit;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.facts.Tokens;
import phr.fhir.sample.Hole;
import phr.fhir.sample.Shape;

/** What is encrypted as the body of a series. */
final class SeriesBody {

    private static final byte LAYOUT = 1;

    private SeriesBody() {}

    /** Binds a body to its row. */
    static byte[] context(PersonId person, UUID shape) {
        return (person + "|series|" + shape).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] write(Shape shape, String ownNamespace) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(LAYOUT);
            Envelope.write(out, ownNamespace);
            Envelope.write(out, shape.namespace());
            Envelope.write(out, shape.prefix());
            Envelope.write(out, shape.version());
            Envelope.write(out, shape.identifierSystem());
            Envelope.write(out, shape.profiles());
            Envelope.write(out, shape.holes().stream().map(Enum::name).toList());
            for (byte[] piece : shape.pieces()) {
                Envelope.write(out, new String(piece, StandardCharsets.UTF_8));
            }
            out.writeInt(shape.tokens().size());
            for (Map.Entry<String, Set<String>> token : shape.tokens().entrySet()) {
                Envelope.write(out, token.getKey());
                Envelope.write(out, token.getValue());
            }
            write(out, shape.facts());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Facts facts) throws IOException {
        Envelope.write(out, facts.documentType());
        Envelope.write(out, facts.source());
        Envelope.write(out, facts.device());
        write(out, facts.categories());
        write(out, facts.codes());
        write(out, facts.authors());
        Envelope.write(out, facts.linksOut());
        write(out, facts.labels());
        LabelBasis basis = facts.basis();
        Set<PhrCategory> categories = basis.categories();
        out.writeBoolean(categories != null);
        Envelope.write(
                out,
                categories == null
                        ? List.of()
                        : categories.stream().map(PhrCategory::code).toList());
        write(out, basis.given());
        out.writeInt(basis.hits().size());
        for (LabelHit hit : basis.hits()) {
            Envelope.write(out, hit.rule());
            Envelope.write(out, hit.version());
            write(out, hit.labels());
        }
    }

    private static void write(DataOutputStream out, Tokens tokens) throws IOException {
        out.writeByte(tokens.state().ordinal());
        Envelope.write(out, tokens.values());
    }

    private static void write(DataOutputStream out, @Nullable Labels labels) throws IOException {
        out.writeBoolean(labels != null);
        if (labels != null) {
            out.writeBoolean(labels.labelled());
            out.writeByte(labels.confidentiality().ordinal());
            Envelope.write(out, labels.sensitivities());
        }
    }

    static Series read(int number, UUID key, byte[] body) {
        ByteBuffer in = ByteBuffer.wrap(body);
        if (in.get() != LAYOUT) {
            throw new IllegalStateException("a series has a layout this version does not know");
        }
        String ownNamespace = required(in);
        String namespace = required(in);
        String prefix = required(in);
        String version = Envelope.text(in);
        String identifierSystem = Envelope.text(in);
        List<String> profiles = Envelope.texts(in);
        List<Hole> holes = Envelope.texts(in).stream().map(Hole::valueOf).toList();
        List<byte[]> pieces = new ArrayList<>();
        for (int i = 0; i <= holes.size(); i++) {
            pieces.add(required(in).getBytes(StandardCharsets.UTF_8));
        }
        Map<String, Set<String>> tokens = new HashMap<>();
        for (int count = in.getInt(); count > 0; count--) {
            tokens.put(required(in), Set.copyOf(Envelope.texts(in)));
        }
        Shape shape =
                new Shape(holes, pieces, facts(in), namespace, prefix, version, profiles, tokens, identifierSystem);
        return Series.of(number, key, shape, ownNamespace);
    }

    private static Facts facts(ByteBuffer in) {
        String documentType = Envelope.text(in);
        String source = Envelope.text(in);
        String device = Envelope.text(in);
        Tokens categories = tokens(in);
        Tokens codes = tokens(in);
        Tokens authors = tokens(in);
        Set<String> links = new HashSet<>(Envelope.texts(in));
        Labels labels = labels(in);
        if (labels == null) {
            throw new IllegalStateException("a series has labels");
        }
        return new Facts(
                "Observation",
                Shape.NOBODY,
                documentType,
                source,
                device,
                categories,
                codes,
                authors,
                links,
                labels,
                DataTime.UNKNOWN,
                basis(in));
    }

    private static LabelBasis basis(ByteBuffer in) {
        boolean known = in.get() != 0;
        Set<PhrCategory> categories = EnumSet.noneOf(PhrCategory.class);
        Envelope.texts(in).forEach(code -> categories.add(PhrCategory.parse(code)));
        Labels given = labels(in);
        List<LabelHit> hits = new ArrayList<>();
        for (int count = in.getInt(); count > 0; count--) {
            String rule = required(in);
            String version = required(in);
            Labels labels = labels(in);
            hits.add(new LabelHit(rule, version, labels == null ? Labels.LEAST : labels));
        }
        return new LabelBasis(known ? categories : null, given, hits);
    }

    private static Tokens tokens(ByteBuffer in) {
        Tokens.State state = Tokens.State.values()[in.get()];
        return new Tokens(state, Set.copyOf(Envelope.texts(in)));
    }

    private static @Nullable Labels labels(ByteBuffer in) {
        if (in.get() == 0) {
            return null;
        }
        boolean labelled = in.get() != 0;
        Confidentiality level = Confidentiality.values()[in.get()];
        return new Labels(labelled, level, Set.copyOf(Envelope.texts(in)));
    }

    private static String required(ByteBuffer in) {
        String text = Envelope.text(in);
        return text == null ? "" : text;
    }
}
