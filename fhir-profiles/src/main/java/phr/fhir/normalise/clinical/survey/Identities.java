package phr.fhir.normalise.clinical.survey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.fhir.Sha256;
import phr.fhir.catalogue.Catalogue;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.normalise.json.Json;

/**
 * What the source calls a resource, so that the same document again stores nothing (phr-package.md §8.2). In this order: its business
 * identifier; its address on a server; its place in a document that has an identifier; its id; its UUID; its content.
 *
 * <p>A business identifier counts within the institution that gave it, and within its type: identifiers of CLINS are numbers of one
 * hospital. One that two resources of the file claim tells nothing, and neither do identifiers of organisations and people of no
 * record: what two documents say of one clinic stays as each says it (checkup-cda.md §5.1).
 */
public final class Identities {

    private static final String INSTITUTION_END = "/JP_eCS_InstitutionNumber";
    /** RP番号, RP内連番 and 処方箋ID (checkup-fhir.md §8). */
    private static final Set<String> NUMBERING = Set.of(
            "urn:oid:1.2.392.100495.20.3.11",
            "urn:oid:1.2.392.100495.20.3.81",
            "urn:oid:1.2.392.100495.20.3.82",
            "http://jpfhir.jp/fhir/core/mhlw/IdSystem/Medication-RPGroupNumber",
            "http://jpfhir.jp/fhir/core/mhlw/IdSystem/MedicationAdministrationIndex");

    /** HL7 v2-0203: of whoever orders, of whoever carries it out. */
    private static final Set<String> ORDERS = Set.of("PLAC", "FILL", "PGN", "ACSN");

    private static final Pattern ON_SERVER =
            Pattern.compile("(https?://[^\\s?#]+)/([A-Z][A-Za-z]{2,40}/[A-Za-z0-9.\\-]{1,64})");
    private static final List<String> NAMES = List.of("id", "meta", "text");
    private static final String UUID_URN = "urn:uuid:";

    private final Intake intake;
    private final Head head;
    private final Set<UUID> repeated;

    /** @param repeated ids that more than one resource of the file would have */
    Identities(Intake intake, Head head, Set<UUID> repeated) {
        this.intake = intake;
        this.head = head;
        this.repeated = repeated;
    }

    public SourceIdentity of(Entry entry) {
        if (Catalogue.supporting(entry.type())) {
            return byContent(entry);
        }
        SourceIdentity claimed = claimed(entry);
        return repeated.isEmpty() || !repeated.contains(claimed.localId(intake)) ? claimed : byContent(entry);
    }

    private SourceIdentity claimed(Entry entry) {
        SourceIdentity business = business(entry);
        if (business != null) {
            return business;
        }
        Matcher onServer = ON_SERVER.matcher(entry.fullUrl());
        if (onServer.matches() && !entry.id().isEmpty() && onServer.group(2).equals(entry.typeAndId())) {
            return identity(onServer.group(1), entry.typeAndId(), entry);
        }
        return head.document() ? inDocument(entry) : byId(entry);
    }

    private @Nullable SourceIdentity business(Entry entry) {
        JsonNode identifiers = entry.resource().path("identifier");
        for (JsonNode identifier : identifiers) {
            String system = identifier.path("system").asText("");
            String value = identifier.path("value").asText("");
            if (!system.isEmpty() && !value.isEmpty() && names(identifier, system)) {
                return identity(system, qualified(entry, value), entry);
            }
        }
        return null;
    }

    /** Numbers within a prescription and numbers of orders are of many resources. */
    private static boolean names(JsonNode identifier, String system) {
        for (JsonNode coding : identifier.path("type").path("coding")) {
            if (ORDERS.contains(coding.path("code").asText(""))) {
                return false;
            }
        }
        return !NUMBERING.contains(system);
    }

    /** An Observation is called as a lifelog would call it, unless its institution is known. */
    private String qualified(Entry entry, String value) {
        String institution = institution(entry);
        String within = institution.isEmpty() ? value : institution + "^" + value;
        return entry.type().equals("Observation") ? within : entry.type() + "/" + within;
    }

    private String institution(Entry entry) {
        for (JsonNode extension : entry.resource().path("extension")) {
            if (extension.path("url").asText("").endsWith(INSTITUTION_END)) {
                return extension.path("valueIdentifier").path("value").asText("");
            }
        }
        return head.institution();
    }

    private SourceIdentity inDocument(Entry entry) {
        String document = head.identifier();
        if (!document.isEmpty() && !entry.id().isEmpty()) {
            return identity(document, entry.typeAndId(), entry);
        }
        return entry.fullUrl().startsWith(UUID_URN) ? byUuid(entry) : byContent(entry);
    }

    private SourceIdentity byId(Entry entry) {
        if (!entry.id().isEmpty()) {
            return identity(intake.clientNamespace(), entry.typeAndId(), entry);
        }
        return entry.fullUrl().startsWith(UUID_URN) ? byUuid(entry) : byContent(entry);
    }

    private static SourceIdentity byUuid(Entry entry) {
        return identity("urn:ietf:rfc:3986", entry.type() + "/" + entry.fullUrl(), entry);
    }

    /** What it states, not what a server or a document calls it. */
    private static SourceIdentity byContent(Entry entry) {
        ObjectNode stated = entry.resource().deepCopy();
        stated.remove(NAMES);
        String hash =
                Sha256.of(Json.write(stated).getBytes(StandardCharsets.UTF_8)).hex();
        String id = entry.type().equals("Observation") ? hash : entry.type() + "/" + hash;
        return new SourceIdentity(SourceIdentity.CONTENT_HASH, id, null);
    }

    private static SourceIdentity identity(String namespace, String id, Entry entry) {
        String version = entry.resource().path("meta").path("versionId").asText("");
        return new SourceIdentity(namespace, id, version.isEmpty() ? null : version);
    }
}
