package phr.gateway.ledgers;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import phr.gateway.audit.AccessRecord;

/** A record of a ledger: one access, or several that are one in the eyes of the person. */
final class Record {

    private final AccessRecord first;
    private final JsonNode detail;
    private final JsonNode items;
    private final Map<String, Long> categories = new TreeMap<>();
    private final Map<String, Long> types = new TreeMap<>();
    private final List<String> digests = new ArrayList<>();
    private Instant until;
    private String outcome;
    private long resources;
    private int accesses = 1;

    Record(AccessRecord access, JsonNode detail, JsonNode items) {
        this.first = access;
        this.detail = detail;
        this.items = items;
        this.until = access.at();
        this.outcome = Outcomes.of(access, detail, items);
        count(items);
    }

    /** One more access of the same kind. */
    void add(AccessRecord access, JsonNode moreDetail, JsonNode moreItems) {
        accesses++;
        until = access.at();
        outcome = Outcomes.both(outcome, Outcomes.of(access, moreDetail, moreItems));
        count(moreItems);
    }

    private void count(JsonNode counted) {
        resources += counted.path("resources").asLong();
        sum(categories, counted.path("categories"));
        sum(types, counted.path("types"));
        if (counted.has("digest")) {
            digests.add(counted.path("digest").asText());
        }
    }

    private static void sum(Map<String, Long> counts, JsonNode more) {
        more.properties()
                .forEach(count -> counts.merge(count.getKey(), count.getValue().asLong(), Long::sum));
    }

    /** The access that it is about, the first of several. */
    AccessRecord first() {
        return first;
    }

    /** Time of the last access. */
    Instant until() {
        return until;
    }

    int accesses() {
        return accesses;
    }

    /** A code of {@link Outcomes}. */
    String outcome() {
        return outcome;
    }

    /** Who received, as registered then; elements {@code id, role, name, address, representative, country}. */
    JsonNode counterparts() {
        return detail.path("counterparts");
    }

    /** How data came in; missing in the ledger of provisions. */
    JsonNode source() {
        return detail.path("source");
    }

    Map<String, Long> categories() {
        return categories;
    }

    Map<String, Long> types() {
        return types;
    }

    long resources() {
        return resources;
    }

    /** One SHA-256 per access, over the identities and versions of the resources in order. */
    List<String> digests() {
        return digests;
    }

    /** SHA-256 of the single resources of the first access, at most 100. */
    JsonNode single() {
        return items.path("digests");
    }
}
