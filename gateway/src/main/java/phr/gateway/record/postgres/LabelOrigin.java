package phr.gateway.record.postgres;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Facts;
import phr.fhir.facts.LabelBasis;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;

/**
 * What the labels of a stored document are made from, encrypted with it.
 *
 * @param categories as the format gave them; empty = unknown, null = a supporting type
 * @param given labels of the source and the format
 * @param added labels that people added
 * @param quarantined the last validation in full has found an error, and nobody has released the resource
 */
record LabelOrigin(
        @Nullable Set<PhrCategory> categories,
        @Nullable Labels given,
        @Nullable Labels added,
        boolean quarantined) {

    private static final byte ABSENT = 0;
    private static final byte PRESENT = 1;
    private static final byte QUARANTINED = 2;

    /**
     * Null when the labels of the facts have no known origin.
     *
     * @param before of an earlier version, whose added labels and quarantine stay; null = none
     */
    static @Nullable LabelOrigin of(Facts facts, @Nullable LabelOrigin before) {
        LabelBasis basis = facts.basis();
        Labels added = before == null ? null : before.added;
        boolean quarantined =
                before != null && before.quarantined || facts.labels().inQuarantine();
        if (basis.equals(LabelBasis.NONE)) {
            return added == null && !quarantined
                    ? null
                    : new LabelOrigin(null, facts.labels().inQuarantine(false), added, quarantined);
        }
        return new LabelOrigin(basis.categories(), basis.given(), added, quarantined);
    }

    /** Labels that tables and sources give, with what this adds; null adds nothing. */
    static Labels labels(Labels plain, LabelBasis basis, @Nullable LabelOrigin origin) {
        return origin == null ? plain : plain.with(origin.added, basis.least()).inQuarantine(origin.quarantined);
    }

    LabelOrigin with(@Nullable Labels other) {
        return new LabelOrigin(categories, given, other, quarantined);
    }

    LabelOrigin inQuarantine(boolean now) {
        return new LabelOrigin(categories, given, added, now);
    }

    /** Of an original: with what was mapped from it. */
    LabelOrigin carrying(Labels labels, Set<PhrCategory> more) {
        Set<PhrCategory> all = EnumSet.noneOf(PhrCategory.class);
        all.addAll(categories == null ? Set.of() : categories);
        all.addAll(more);
        return new LabelOrigin(all, given == null ? labels : given.raisedBy(labels), added, quarantined);
    }

    static void write(DataOutputStream out, @Nullable LabelOrigin origin) throws IOException {
        out.writeByte(origin == null ? ABSENT : origin.quarantined ? QUARANTINED : PRESENT);
        if (origin != null) {
            Set<PhrCategory> categories = origin.categories;
            Envelope.write(
                    out,
                    categories == null
                            ? null
                            : String.join(
                                    " ",
                                    categories.stream()
                                            .map(PhrCategory::code)
                                            .sorted()
                                            .toList()));
            write(out, origin.given);
            write(out, origin.added);
        }
    }

    static @Nullable LabelOrigin read(ByteBuffer in) {
        byte state = in.get();
        if (state == ABSENT) {
            return null;
        }
        Set<PhrCategory> categories = categories(Envelope.text(in));
        return new LabelOrigin(categories, labels(in), labels(in), state == QUARANTINED);
    }

    private static @Nullable Set<PhrCategory> categories(@Nullable String codes) {
        if (codes == null) {
            return null;
        }
        Set<PhrCategory> categories = EnumSet.noneOf(PhrCategory.class);
        for (String code : codes.isEmpty() ? new String[0] : codes.split(" ")) {
            categories.add(PhrCategory.parse(code));
        }
        return categories;
    }

    private static void write(DataOutputStream out, @Nullable Labels labels) throws IOException {
        out.writeBoolean(labels != null);
        if (labels != null) {
            out.writeBoolean(labels.labelled());
            out.writeByte(labels.confidentiality().ordinal());
            Envelope.write(out, labels.sensitivities().stream().sorted().toList());
        }
    }

    private static @Nullable Labels labels(ByteBuffer in) {
        if (in.get() == 0) {
            return null;
        }
        boolean labelled = in.get() != 0;
        Confidentiality level = Confidentiality.values()[in.get()];
        return new Labels(labelled, level, Set.copyOf(Envelope.texts(in)));
    }
}
