package phr.consent.directive;

import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * To whom a directive applies (consent-semantics.md §4.1, grantee kinds).
 *
 * @param id of the party, app, user or group; the code of a role, relationship or class; empty for ANY
 * @param organisation of a role, if limited to one
 * @param includeUnits of an organisation: also its sub-units
 */
public record Grantee(Kind kind, String id, @Nullable String organisation, boolean includeUnits)
        implements Comparable<Grantee> {

    public static final Grantee ANY = new Grantee(Kind.ANY, "", null, false);

    /** Organisation classes that {@link Kind#CLASS} may name. */
    public static final Set<String> CLASSES = Set.of(
            "medical-institution",
            "pharmacy",
            "dental",
            "care-provider",
            "public-health",
            "insurer-public",
            "insurer-private",
            "employer",
            "occupational-health",
            "municipality",
            "school",
            "research-institution",
            "phr-provider",
            "wellness",
            "retail",
            "other-industry");

    private static final Comparator<Grantee> ORDER = Comparator.comparing(Grantee::kind)
            .thenComparing(Grantee::id)
            .thenComparing(grantee -> grantee.organisation == null ? "" : grantee.organisation)
            .thenComparing(Grantee::includeUnits);

    public enum Kind {
        ORGANISATION,
        APP,
        PERSON,
        ROLE,
        GROUP,
        RELATIONSHIP,
        CLASS,
        /** Everyone. Exists only as this explicit value. */
        ANY
    }

    public static Grantee of(Kind kind, String id) {
        return new Grantee(kind, id, null, false);
    }

    @Override
    public int compareTo(Grantee other) {
        return ORDER.compare(this, other);
    }
}
