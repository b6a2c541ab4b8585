package phr.consent.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Grantee;

/** Whom an actor of a provision names (consent-semantics.md §17.2, row {@code actor.reference}). */
final class ActorReader {

    /** Custodian, author and informant give data; they do not receive any. */
    private static final Set<String> GIVING = Set.of("CST", "AUT", "INF");

    private static final Pattern TYPED = Pattern.compile("(?:.*/)?([A-Z][A-Za-z]{1,40})/[A-Za-z0-9.-]{1,64}");

    private static final String UNITS = "|units";

    private final JsonNode consent;

    ActorReader(JsonNode consent) {
        this.consent = consent;
    }

    static boolean gives(JsonNode actor) {
        return Tree.list(actor.path("role"), "coding").stream()
                .anyMatch(coding -> GIVING.contains(coding.path("code").asText()));
    }

    /** Empty for what names nobody whom a request could be. */
    Optional<Grantee> grantee(JsonNode actor) {
        JsonNode reference = actor.path("reference");
        JsonNode identifier = reference.path("identifier");
        if (Vocabulary.GRANTEE.equals(Tree.text(identifier, "system"))) {
            return Optional.ofNullable(Tree.text(identifier, "value")).flatMap(ActorReader::written);
        }
        String written = Tree.text(reference, "reference");
        if (written != null && written.startsWith("#")) {
            return contained(written.substring(1));
        }
        String id = Tree.reference(reference);
        String type = type(written, Tree.text(reference, "type"));
        return id == null || type == null ? Optional.empty() : kind(type).map(kind -> Grantee.of(kind, id));
    }

    private Optional<Grantee> contained(String id) {
        for (JsonNode resource : Tree.list(consent, "contained")) {
            if (id.equals(Tree.text(resource, "id"))) {
                return identified(resource);
            }
        }
        return Optional.empty();
    }

    private static Optional<Grantee> identified(JsonNode resource) {
        for (JsonNode identifier : Tree.list(resource, "identifier")) {
            String value = Tree.text(identifier, "value");
            if (value != null && Vocabulary.GRANTEE.equals(Tree.text(identifier, "system"))) {
                return written(value);
            }
        }
        String type = Tree.text(resource, "resourceType");
        String id = Tree.list(resource, "identifier").stream()
                .map(Tree::identifier)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
        return type == null || id == null ? Optional.empty() : kind(type).map(kind -> Grantee.of(kind, id));
    }

    /** {@code KIND|id}, {@code ROLE|code|organisation}, {@code ORGANISATION|id|units}, {@code ANY}. */
    private static Optional<Grantee> written(String value) {
        int bar = value.indexOf('|');
        String name = bar < 0 ? value : value.substring(0, bar);
        for (Grantee.Kind kind : Grantee.Kind.values()) {
            if (kind.name().equals(name)) {
                return of(kind, bar < 0 ? "" : value.substring(bar + 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<Grantee> of(Grantee.Kind kind, String named) {
        if (kind == Grantee.Kind.ANY) {
            return named.isEmpty() ? Optional.of(Grantee.ANY) : Optional.empty();
        }
        boolean units = kind == Grantee.Kind.ORGANISATION && named.endsWith(UNITS);
        String id = units ? named.substring(0, named.length() - UNITS.length()) : named;
        String organisation = null;
        int bar = id.indexOf('|');
        if (kind == Grantee.Kind.ROLE && bar > 0) {
            organisation = id.substring(bar + 1);
            id = id.substring(0, bar);
        }
        boolean known = !id.isBlank() && (kind != Grantee.Kind.CLASS || Grantee.CLASSES.contains(id));
        return known ? Optional.of(new Grantee(kind, id, organisation, units)) : Optional.empty();
    }

    /** How a grantee that no reference can name is written as identifier. */
    static String identifier(Grantee grantee) {
        if (grantee.kind() == Grantee.Kind.ANY) {
            return grantee.kind().name();
        }
        String third =
                grantee.includeUnits() ? UNITS : grantee.organisation() == null ? "" : "|" + grantee.organisation();
        return grantee.kind() + "|" + grantee.id() + third;
    }

    private static @Nullable String type(@Nullable String reference, @Nullable String stated) {
        Matcher typed = TYPED.matcher(reference == null ? "" : reference.replaceAll("/_history/.*$", ""));
        return typed.matches() ? typed.group(1) : stated;
    }

    static Optional<Grantee.Kind> kind(String type) {
        return Optional.ofNullable(
                switch (type) {
                    case "Organization" -> Grantee.Kind.ORGANISATION;
                    case "Device" -> Grantee.Kind.APP;
                    case "Practitioner", "PractitionerRole", "RelatedPerson", "Patient" -> Grantee.Kind.PERSON;
                    case "Group", "CareTeam" -> Grantee.Kind.GROUP;
                    default -> null;
                });
    }
}
