package phr.fhir.normalise.clinical.survey;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.Intake;

/**
 * Where the references of a file lead in the record: by {@code fullUrl}, by {@code Type/id}, by the address of the person (FHIR R4
 * bundle §resolving references).
 */
public final class Links {

    /** Names of so many resources fit into memory; references to others become logical ones. */
    static final int MOST = 400_000;

    private static final Pattern RELATIVE =
            Pattern.compile("([A-Z][A-Za-z]{2,40}/[A-Za-z0-9.\\-]{1,64})(/_history/[A-Za-z0-9.\\-]{1,64})?");
    private static final Pattern VERSIONED = Pattern.compile("(.+)/_history/[A-Za-z0-9.\\-]{1,64}");
    /** Two resources of the file are called so. */
    private static final String AMBIGUOUS = "";

    private final Intake intake;
    private final String person;
    private final Map<String, String> byName = new HashMap<>();

    Links(Intake intake) {
        this.intake = intake;
        this.person = "Patient/" + intake.account().person();
    }

    /** @param local {@code Type/id} in the record */
    void add(Entry entry, String local) {
        name(entry.fullUrl(), local);
        name(entry.typeAndId(), local);
    }

    /** Whatever is called so is the person herself. */
    void person(Set<String> names) {
        names.forEach(name -> byName.put(name, person));
    }

    private void name(String name, String local) {
        if (!name.isEmpty() && byName.size() < MOST) {
            byName.merge(name, local, (one, other) -> one.equals(other) ? one : AMBIGUOUS);
        }
    }

    /** More resources than can be remembered. */
    public boolean full() {
        return byName.size() >= MOST;
    }

    /** {@code Type/id} in the record; null when it leads elsewhere. */
    public @Nullable String resolve(String reference) {
        if (person(reference)) {
            return person;
        }
        String found = byName.get(reference);
        if (found == null) {
            Matcher versioned = VERSIONED.matcher(reference);
            found = versioned.matches() ? byName.get(versioned.group(1)) : null;
        }
        return found == null || found.equals(AMBIGUOUS) ? null : found;
    }

    /** By the id under which the sender knows her, or her own. */
    boolean person(String reference) {
        String plain = reference.startsWith(intake.ownNamespace() + "/")
                ? reference.substring(intake.ownNamespace().length() + 1)
                : reference;
        return plain.equals(person) || plain.equals("Patient/" + intake.patient());
    }

    /** The type that a reference names; empty when it does not. */
    public static String type(String reference) {
        Matcher relative = RELATIVE.matcher(reference.substring(lastButOneSlash(reference)));
        return relative.matches()
                ? relative.group(1).substring(0, relative.group(1).indexOf('/'))
                : "";
    }

    /** {@code Type/id}, so that only the sender knows where. */
    public static boolean relative(String reference) {
        return RELATIVE.matcher(reference).matches();
    }

    private static int lastButOneSlash(String reference) {
        Matcher versioned = VERSIONED.matcher(reference);
        String plain = versioned.matches() ? versioned.group(1) : reference;
        int last = plain.lastIndexOf('/');
        return last < 0 ? 0 : plain.lastIndexOf('/', last - 1) + 1;
    }
}
