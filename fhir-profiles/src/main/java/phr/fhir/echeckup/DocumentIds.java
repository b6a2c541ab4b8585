package phr.fhir.echeckup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import phr.fhir.Ids;

/**
 * What the document is called (checkup-fhir.md §4). The same checkup has the same names whenever it is given out, so that a receiver
 * finds nothing twice: they are made of the facility's number, the year in which the record took it and the id of the visit.
 */
final class DocumentIds {

    private static final String URI = "urn:ietf:rfc:3986";
    private static final long EIGHT_DIGITS = 100_000_000L;

    private final Optional<String> facility;
    private final String year;
    private final UUID visit;

    DocumentIds(StoredCheckup checkup, Moment made) {
        this.facility = checkup.performer().or(checkup::author).flatMap(Facility::number);
        this.visit = checkup.id();
        String stored = checkup.visit().at("/meta/lastUpdated").asText("");
        this.year = stored.matches("20[2-3]\\d-.*") ? stored.substring(0, 4) : String.valueOf(made.year());
    }

    /** A further resource of the document, which the record does not have. */
    UUID made(String type) {
        return Ids.v5(visit, type);
    }

    ObjectNode bundle(Remarks remarks) {
        if (facility.isEmpty()) {
            remarks.missing("number of the facility, of which the document is named", "Bundle.identifier");
        }
        return facility.map(number -> identifier(ECheckupSystem.BUNDLE_ID.url(), number + "^" + year + "^" + visit))
                .orElseGet(this::plain);
    }

    ObjectNode composition() {
        long mixed = visit.getMostSignificantBits() ^ visit.getLeastSignificantBits();
        String number = String.format(Locale.ROOT, "%08d", Long.remainderUnsigned(mixed, EIGHT_DIGITS));
        return facility.map(institution ->
                        identifier(ECheckupSystem.INSTANCE_ID.url(), institution + "-" + year + "-" + number))
                .orElseGet(this::plain);
    }

    /** By the visit alone. */
    ObjectNode plain() {
        return identifier(URI, "urn:uuid:" + made("Bundle"));
    }

    private static ObjectNode identifier(String system, String value) {
        return Tree.object().put("system", system).put("value", value);
    }
}
