package phr.fhir.normalise.checkup;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.PhrCategory;
import phr.fhir.jp.CheckupCategory;
import phr.fhir.jp.CheckupGroups;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.CheckupItems;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.jp.GroupRelation;
import phr.fhir.jp.MunicipalItem;
import phr.fhir.jp.MunicipalItems;
import phr.fhir.normalise.xml.Element;

/** 一連検査: a group observation and its members (checkup-cda.md §6.2). */
final class Groups {

    private static final String UNKNOWN = "unknown";
    /** Groups in groups do not exist; a file that nests further is not followed. */
    private static final int DEPTH = 5;

    private final DocumentContext document;
    private final Located issues;
    private final Observations observations;

    Groups(DocumentContext document, Observations observations) {
        this.document = document;
        this.issues = document.issues();
        this.observations = observations;
    }

    /** One entry of a section: a single observation or a group. */
    void entry(@Nullable String section, Element observation) {
        boolean group = observation.at("code").map(Element::isNull).orElse(false);
        List<Element> relations = observation.children("entryRelationship");
        if (group && !relations.isEmpty()) {
            group(section, observation, relations);
            return;
        }
        observations.single(section, observation, false);
        if (!relations.isEmpty()) {
            issues.warning(
                    "structure",
                    "CDA-6.2",
                    "members below an observation that is no group; read on their own",
                    observation);
            relations.forEach(relation -> members(section, relation, false, DEPTH));
        }
    }

    private void group(@Nullable String section, Element observation, List<Element> relations) {
        boolean negated = Absence.negated(observation);
        if (negated) {
            issues.warning(
                    "business-rule", "CDA-6.4", "the whole group is not performed; so are its members", observation);
        }
        List<String> codes = relations.stream()
                .flatMap(relation -> relation.children("observation").stream())
                .map(member -> member.codeAt("code", "code"))
                .filter(Objects::nonNull)
                .toList();
        String key = codes.stream()
                .flatMap(code -> CheckupItems.find(code).map(CheckupItem::group).stream())
                .findFirst()
                .orElse(UNKNOWN);
        Observation result = new Observation();
        result.setStatus(ObservationStatus.FINAL);
        result.setCode(coded(key, codes));
        result.setSubject(document.keys().subject());
        result.setEncounter(document.keys().reference("Encounter", "1"));
        result.setEffective(new DateTimeType(document.date().toString()));
        for (Element relation : relations) {
            for (Reference member : members(section, relation, negated, DEPTH)) {
                member.addExtension(CheckupSystem.GROUP_RELATION.url(), new CodeType(relation(relation)));
                result.addHasMember(member);
            }
        }
        document.drafts()
                .add(
                        document.drafts().numbered("group:" + key),
                        result,
                        document.with(sensitive(section, codes)),
                        null);
    }

    /** The group tells that a sensitive test was done. */
    private Set<PhrCategory> sensitive(@Nullable String section, List<String> codes) {
        boolean infection = document.hepatitis(section) || codes.stream().anyMatch(CheckupCategory::infection);
        return infection ? Set.of(PhrCategory.INFECTION_SENSITIVE) : Set.of();
    }

    private static CodeableConcept coded(String key, List<String> members) {
        return CheckupGroups.code(key, members)
                .or(() -> municipal(members))
                .map(code -> Codings.concept(CheckupSystem.GROUP, code))
                .orElseGet(() -> Codings.concept(CheckupSystem.OWN_GROUP, key));
    }

    /** The groups of 自治体検診 stand in their table as they are. */
    private static Optional<String> municipal(List<String> members) {
        return members.stream()
                .flatMap(code -> MunicipalItems.find(code).stream())
                .map(MunicipalItem::group)
                .filter(group -> !group.isEmpty())
                .findFirst();
    }

    private List<Reference> members(@Nullable String section, Element relation, boolean negated, int depth) {
        List<Reference> found = new ArrayList<>();
        for (Element member : relation.children("observation")) {
            List<Element> below = member.children("entryRelationship");
            if (member.codeAt("code", "code") != null || below.isEmpty()) {
                observations.single(section, member, negated).ifPresent(found::add);
            }
            if (!below.isEmpty() && depth > 0) {
                issues.warning("structure", "CDA-6.2", "group inside a group; its members are read", member);
                boolean all = negated || Absence.negated(member);
                below.forEach(inner -> found.addAll(members(section, inner, all, depth - 1)));
            } else if (!below.isEmpty()) {
                issues.warning("structure", "CDA-6.2", "groups nest too deep; the rest stays in the original", member);
            }
        }
        return found;
    }

    /** COMP or RSON: the table's where it has one (対象者 and 実施理由 come as COMP too), else as received. */
    private String relation(Element relation) {
        String received = relation.code("typeCode");
        if ("RSON1".equals(received)) {
            issues.warning("code-invalid", "N-8", "typeCode RSON1 read as RSON", relation);
        } else if (!"COMP".equals(received) && !"RSON".equals(received)) {
            issues.warning("code-invalid", "CDA-6.2", "unknown or missing typeCode of a group member", relation);
        }
        String code = relation.codeAt("code", "observation", "code");
        GroupRelation table = code == null
                ? null
                : CheckupItems.find(code).map(CheckupItem::relation).orElse(null);
        if (table != null && table != GroupRelation.COMP) {
            return table.code();
        }
        return received != null && received.startsWith("RSON") ? "RSON" : "COMP";
    }
}
