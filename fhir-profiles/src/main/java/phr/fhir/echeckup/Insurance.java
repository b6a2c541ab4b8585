package phr.fhir.echeckup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.text.Width;

/** Insurance card and checkup ticket (受診券), and who pays (checkup-fhir.md §6.3). The form has one of each. */
final class Insurance {

    private static final Set<String> KNOWN = Set.of(
            "extension",
            "identifier",
            "status",
            "type",
            "subscriberId",
            "beneficiary",
            "dependent",
            "relationship",
            "period",
            "payor");

    private static final Set<String> INSURER_KNOWN = Set.of("identifier", "type", "name");
    private static final String TICKET = "1";
    private static final List<CheckupSystem> CARD =
            List.of(CheckupSystem.INSURED_SYMBOL, CheckupSystem.INSURED_NUMBER, CheckupSystem.INSURED_BRANCH);

    private final StoredCheckup checkup;
    private final Remarks remarks;
    private final List<ObjectNode> taken = new ArrayList<>();

    Insurance(StoredCheckup checkup, Remarks remarks) {
        this.checkup = checkup;
        this.remarks = remarks;
        boolean card = false;
        boolean ticket = false;
        for (ObjectNode coverage : checkup.all("Coverage")) {
            boolean isTicket = isTicket(coverage);
            if (!Tree.text(coverage, "status").equals("active")
                    || (isTicket ? ticket : card)
                    || isTicket && !isCheckupTicket(coverage)) {
                remarks.left("ECF-7", "the form has one active insurance and one checkup ticket", Tree.name(coverage));
            } else {
                taken.add(coverage);
                card |= !isTicket;
                ticket |= isTicket;
            }
        }
    }

    private static boolean isTicket(JsonNode coverage) {
        return Tree.coding(coverage.path("type"), CheckupSystem.TICKET_KIND.url())
                .isPresent();
    }

    /** Not 利用券, which is for guidance. */
    private static boolean isCheckupTicket(JsonNode coverage) {
        return Tree.coding(coverage.path("type"), CheckupSystem.TICKET_KIND.url())
                .filter(kind -> Tree.text(kind, "code").equals(TICKET))
                .isPresent();
    }

    List<ObjectNode> all() {
        return taken;
    }

    /** The insurers that they lead to, once each. */
    List<ObjectNode> insurers() {
        return taken.stream()
                .flatMap(coverage -> payor(coverage).stream())
                .distinct()
                .toList();
    }

    private Optional<ObjectNode> payor(JsonNode coverage) {
        return checkup.find(Tree.text(coverage.path("payor").path(0), "reference"));
    }

    /** Of the card. */
    Optional<String> memberId() {
        return taken.stream()
                .filter(coverage -> !isTicket(coverage))
                .findFirst()
                .flatMap(coverage -> payor(coverage).flatMap(insurer -> MemberId.of(coverage, insurer)));
    }

    ObjectNode form(ObjectNode stored, References references) {
        ObjectNode form = Tree.head(stored);
        String name = Tree.name(stored);
        form.put("status", "active");
        references.copy(stored, "beneficiary", form);
        if (stored.has("period")) {
            form.set("period", stored.get("period").deepCopy());
        }
        if (isTicket(stored)) {
            form.set("type", Tree.concept(Tree.coding(CheckupSystem.TICKET_KIND.url(), TICKET)));
            form.put("subscriberId", Width.nfkcTrimmed(Tree.text(stored, "subscriberId")));
        } else {
            card(stored, form, name);
        }
        references.copy(stored, "payor", form);
        if (payor(stored).isEmpty()) {
            remarks.missing("insurer of the coverage", name + ".payor");
        }
        remarks.others(stored, KNOWN);
        return form;
    }

    private void card(ObjectNode stored, ObjectNode form, String name) {
        for (CheckupSystem part : CARD) {
            String value = MemberId.extension(stored, part);
            if (!value.isEmpty()) {
                form.withArray("extension")
                        .add(Tree.object().put("url", part.url()).put("valueString", value));
            }
        }
        if (form.path("extension").size() < stored.path("extension").size()) {
            remarks.left("ECF-2", "the form has no such element", name + ".extension");
        }
        String quoted = Tree.text(stored.path("identifier").path(0), "value");
        if (!quoted.isEmpty()) {
            form.withArray("identifier").add(Tree.object().put("value", wide(quoted)));
        }
        if (stored.has("subscriberId")) {
            form.put("subscriberId", wide(Tree.text(stored, "subscriberId")));
        }
        if (stored.has("dependent")) {
            form.put("dependent", Width.nfkcTrimmed(Tree.text(stored, "dependent")));
        }
        coded(stored, "type", ECheckupSystem.INSURANCE_TYPE, form, name);
        coded(stored, "relationship", ECheckupSystem.RELATIONSHIP, form, name);
    }

    private void coded(ObjectNode stored, String field, ECheckupSystem system, ObjectNode form, String name) {
        Tree.coding(stored.path(field), system.url())
                .ifPresentOrElse(
                        coding -> form.set(field, Tree.concept(coding)),
                        () -> remarks.missing(field + " of the coverage", name + "." + field));
    }

    /** Quotes and commas are part of the notation, what stands between them is full-width. */
    private static String wide(String quoted) {
        StringBuilder wide = new StringBuilder();
        StringTokenizer parts = new StringTokenizer(quoted, "\",", true);
        while (parts.hasMoreTokens()) {
            String part = parts.nextToken();
            wide.append(part.equals("\"") || part.equals(",") ? part : Width.full(part));
        }
        return wide.toString();
    }

    static ObjectNode insurer(ObjectNode stored, Remarks remarks) {
        ObjectNode form = Tree.head(stored);
        String number = MemberId.insurerNumber(stored);
        if (number.isEmpty()) {
            remarks.missing("number of the insurer", Tree.name(stored) + ".identifier");
        } else {
            form.withArray("identifier")
                    .add(Tree.object()
                            .put("system", CheckupSystem.INSURER_NUMBER.url())
                            .put("value", Width.nfkcTrimmed(number)));
        }
        form.set("type", Tree.list(Tree.concept(Tree.coding(CheckupSystem.ORGANIZATION_TYPE.url(), "ins"))));
        if (stored.has("name")) {
            form.set("name", stored.get("name").deepCopy());
        }
        remarks.others(stored, INSURER_KNOWN);
        return form;
    }
}
