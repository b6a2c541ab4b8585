package phr.gateway.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import phr.consent.Obligation;
import phr.consent.Obligation.Code;

/**
 * Makes what the caller gets of a stored resource, fulfilling the obligations of the grant that releases it. Without
 * obligations that change content the stored bytes are the answer. Made for one answer.
 *
 * <p>Labels are stored in {@code meta.security}; frequency is counted and emergencies are told and reviewed before anything is
 * read.
 */
public final class Rendering {

    private static final Set<Code> FULFILLED = EnumSet.of(
            Code.KEEP_LABELS,
            Code.REDACT,
            Code.MASK_REFERENCES,
            Code.REGENERATE_NARRATIVE,
            Code.NO_ONWARD,
            Code.NO_STORE,
            Code.ERASE_BY,
            Code.MAX_FREQUENCY,
            Code.NOTIFY_PERSON,
            Code.OPEN_REVIEW);

    /** What the obligations of a grant mean for content. */
    private record Duties(boolean known, Set<String> removed, List<Obligation> promises) {}

    private final Set<Code> fulfilled;
    private final Map<Set<Obligation>, Duties> duties = new IdentityHashMap<>();

    public Rendering() {
        this(FULFILLED);
    }

    Rendering(Set<Code> fulfilled) {
        this.fulfilled = fulfilled;
    }

    /** The bytes to send; empty when an obligation is unknown here, which denies the resource (consent-semantics.md §16.2). */
    public Optional<byte[]> render(Entry entry) {
        if (entry.obligations().isEmpty() && entry.hidden().isEmpty()) {
            return Optional.of(entry.json());
        }
        Duties duty = duties.computeIfAbsent(entry.obligations(), this::duties);
        if (!duty.known()) {
            return Optional.empty();
        }
        boolean redacted = duty.removed().stream().anyMatch(path -> path.startsWith(entry.type() + "."));
        if (!redacted && duty.promises().isEmpty() && entry.hidden().isEmpty()) {
            return Optional.of(entry.json());
        }
        return Optional.of(rendered(entry, duty));
    }

    private byte[] rendered(Entry entry, Duties duty) {
        ObjectNode resource = StoredJson.parse(entry.json());
        boolean redacted = Redaction.of(resource, duty.removed());
        boolean masked = !entry.hidden().isEmpty() && Masking.references(resource, entry.hidden());
        if (redacted || masked) {
            // a narrative could repeat what was taken out
            resource.remove("text");
        }
        if (!duty.promises().isEmpty()) {
            Promises.addTo(resource, duty.promises());
        }
        return redacted || masked || !duty.promises().isEmpty() ? StoredJson.write(resource) : entry.json();
    }

    private Duties duties(Set<Obligation> obligations) {
        return new Duties(
                obligations.stream().allMatch(obligation -> fulfilled.contains(obligation.code())),
                obligations.stream()
                        .flatMap(obligation -> obligation.paths().stream())
                        .collect(Collectors.toUnmodifiableSet()),
                obligations.stream().filter(Promises::isOne).toList());
    }
}
