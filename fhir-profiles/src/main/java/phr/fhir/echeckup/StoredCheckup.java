package phr.fhir.echeckup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.CheckupOid;
import phr.fhir.jp.CheckupSystem;

/**
 * The resources of one checkup as they are stored (checkup-cda.md §5.1, §6.4) and as one reader may see them.
 *
 * <p>The visit holds a checkup together: results refer to it, and the Provenance of its document names what else came with it.
 */
public final class StoredCheckup {

    private final ObjectNode visit;
    private final Map<String, ObjectNode> resources = new LinkedHashMap<>();

    private StoredCheckup(ObjectNode visit) {
        this.visit = visit;
    }

    /** Whether an Encounter is the visit of a checkup. */
    public static boolean holdsTogether(JsonNode encounter) {
        return Tree.text(encounter, "resourceType").equals("Encounter")
                && Tree.text(encounter.path("class"), "system").equals(CheckupSystem.ENCOUNTER_CLASS.url());
    }

    /**
     * @param visit an Encounter that {@link #holdsTogether}
     * @param others everything else of the checkup, in any order; what is there twice counts once
     */
    public static StoredCheckup of(ObjectNode visit, Collection<ObjectNode> others) {
        StoredCheckup checkup = new StoredCheckup(visit);
        others.stream()
                .filter(other -> !Tree.name(other).equals(Tree.name(visit)))
                .sorted(Comparator.comparingInt(StoredCheckup::place).thenComparing(Tree::name))
                .forEach(other -> checkup.resources.putIfAbsent(Tree.name(other), other));
        return checkup;
    }

    /** Results in the order of the item table, what it does not name behind them. */
    private static int place(ObjectNode resource) {
        String code = Tree.text(resource, "resourceType").equals("Observation")
                ? Tree.coding(resource.path("code"), CheckupSystem.ITEM.url())
                        .map(coding -> Tree.text(coding, "code"))
                        .orElse("")
                : "";
        return Order.PLACES.getOrDefault(code, Integer.MAX_VALUE);
    }

    /** The item table is read first. */
    private static final class Order {
        private static final Map<String, Integer> PLACES = places();

        private static Map<String, Integer> places() {
            Map<String, Integer> places = new LinkedHashMap<>();
            CheckupItems.all().forEach(item -> places.put(item.code(), places.size()));
            return places;
        }
    }

    ObjectNode visit() {
        return visit;
    }

    UUID id() {
        return UUID.fromString(Tree.text(visit, "id"));
    }

    Optional<ObjectNode> find(String reference) {
        return Optional.ofNullable(resources.get(reference));
    }

    List<ObjectNode> all(String type) {
        List<ObjectNode> found = new ArrayList<>();
        resources.forEach((name, resource) -> {
            if (name.startsWith(type + "/")) {
                found.add(resource);
            }
        });
        return found;
    }

    /** Everything but the visit. */
    Collection<ObjectNode> others() {
        return resources.values();
    }

    /** The person as the record has her; what nobody may see of her is not there. */
    ObjectNode patient() {
        return find(Tree.reference(visit, "subject")).orElseGet(() -> Tree.object()
                .put("resourceType", "Patient")
                .put("id", Tree.reference(visit, "subject").replaceFirst("^Patient/", "")));
    }

    /** First day of the visit, {@code yyyy-MM-dd}; empty = not known. */
    String date() {
        String start = Tree.text(visit.path("period"), "start");
        return start.matches("\\d{4}-\\d{2}-\\d{2}.*") ? start.substring(0, 10) : "";
    }

    Optional<ObjectNode> performer() {
        return find(Tree.reference(visit, "serviceProvider"));
    }

    /** Who made the document: the organisation with that role, else the one that did the checkup. */
    Optional<ObjectNode> author() {
        return all("Organization").stream()
                .filter(organization -> hasRole(organization, "doc-org"))
                .findFirst()
                .or(this::performer);
    }

    static boolean hasRole(JsonNode organization, String role) {
        for (JsonNode type : organization.path("type")) {
            for (JsonNode coding : type.path("coding")) {
                if (Tree.text(coding, "system").equals(CheckupSystem.FACILITY_ROLE.url())
                        && Tree.text(coding, "code").equals(role)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** 報告区分 as the description of the original names it; null = it does not, or may not be seen. */
    @Nullable
    String report() {
        for (ObjectNode description : all("DocumentReference")) {
            for (JsonNode coding : description.path("type").path("coding")) {
                if (Tree.text(coding, "system").equals(CheckupOid.REPORT_CATEGORY.oid())) {
                    return Tree.text(coding, "code");
                }
            }
        }
        return null;
    }

    /** プログラム種別; {@code 000} = not known. */
    String program() {
        return Tree.codingOf(visit.path("type"), CheckupSystem.PROGRAM.url())
                .map(coding -> Tree.text(coding, "code"))
                .orElse("000");
    }
}
