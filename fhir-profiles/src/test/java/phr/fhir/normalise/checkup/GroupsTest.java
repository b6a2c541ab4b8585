package phr.fhir.normalise.checkup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Practitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Fault;
import phr.fhir.fixtures.People;
import phr.fhir.jp.CheckupSystem;

/** Groups of tests and the physicians of findings (checkup-cda.md §6.2, §6.3). */
class GroupsTest {

    @Test
    void t05AGroupNamesItsMembersWithTheirRelation() {
        Reading reading = Reading.of(electrocardiogram());
        Observation group = reading.observation("9A110");

        assertEquals(
                CheckupSystem.GROUP.url(), group.getCode().getCodingFirstRep().getSystem());
        assertEquals(List.of("COMP", "COMP", "RSON", "RSON"), relations(group));
        assertEquals(
                "Observation/" + reading.observation("9A110160700000011").getIdPart(),
                group.getHasMemberFirstRep().getReference());
        assertTrue(group.getCategory().isEmpty());
        assertEquals(4, reading.row().read());
    }

    @Test
    void t25Rson1IsReadAsRsonWithAWarning() {
        Reading reading = Reading.of(electrocardiogram().with(Fault.RSON1));

        assertEquals(List.of("COMP", "COMP", "RSON", "RSON"), relations(reading.observation("9A110")));
        assertEquals(2, reading.issues("N-8").size());
    }

    @Test
    void aNegatedGroupCancelsItsMembers() {
        Reading reading = Reading.of(
                electrocardiogram()
                        .replacing(
                                "<observation classCode=\"OBS\" moodCode=\"EVN\"><code nullFlavor=\"NA\"/>",
                                "<observation classCode=\"OBS\" moodCode=\"EVN\" negationInd=\"true\"><code nullFlavor=\"NA\"/>"));

        assertEquals(
                ObservationStatus.CANCELLED,
                reading.observation("9A110160700000011").getStatus());
        assertEquals(ObservationStatus.FINAL, reading.observation("9A110").getStatus());
    }

    @ParameterizedTest
    @CsvSource({
        "9N206160700000011,9N206", "9N201000000000011,9N201", "9N221160700000011,9N221", "9N216000000000011,9N216",
        "9N251160700000011,9N252", "9N251000000000011,9N251", "9N261160700000011,9N256", "2A030000001930101,2A020"
    })
    void theGroupCodeFollowsTheMembers(String member, String group) {
        Reading reading = Reading.of(Checkup.of(People.HANAKO).item(member, "1"));

        assertEquals(1, reading.observation(group).getHasMember().size());
    }

    @Test
    void aGroupThatFhirLacksKeepsItsKey() {
        Reading reading = Reading.of(Checkup.of(People.HANAKO).item("9N561000000000011", "1"));
        Observation group = reading.observation("9N556000000000011");

        assertEquals(
                CheckupSystem.OWN_GROUP.url(),
                group.getCode().getCodingFirstRep().getSystem());
    }

    @Test
    void t40TextOfAFindingIsStoredWhenItsParentWasNotPerformedOrIsMissing() {
        Reading reading = Reading.of(Checkup.of(People.HANAKO)
                .notPerformed("9A110160700000011")
                .item("9A110160800000049", "見本の所見")
                .item("9F130160800000049", "見本の所見2"));

        assertEquals(
                "見本の所見",
                reading.observation("9A110160800000049").getValueStringType().getValue());
        assertEquals(
                "見本の所見2",
                reading.observation("9F130160800000049").getValueStringType().getValue());
    }

    @Test
    void t23ThePhysicianOfAFindingBecomesPerformer() {
        Reading reading = Reading.of(
                Checkup.of(People.HANAKO).item("9N511000000000049", "異常なし").physician("見本 一郎"));
        Practitioner physician = reading.only(Practitioner.class);

        assertEquals("見本 一郎", physician.getNameFirstRep().getText());
        assertEquals(
                "Practitioner/" + physician.getIdPart(),
                reading.observation("9N511000000000049").getPerformerFirstRep().getReference());
    }

    @Test
    void membersBelowAnOrdinaryObservationAreReadOnTheirOwn() {
        Reading reading = Reading.of(
                electrocardiogram().replacing("<code nullFlavor=\"NA\"/>", "<code code=\"9N071000000000049\"/>"));

        assertEquals(5, reading.row().read());
        assertEquals(1, reading.issues("CDA-6.2").size());
    }

    private static Checkup electrocardiogram() {
        return Checkup.of(People.HANAKO)
                .item("9A110160700000011", "1")
                .item("9A110160800000049", "軽度の洞性徐脈")
                .item("9A110161600000011", "1")
                .item("9A110161000000049", "血圧が基準値以上のため");
    }

    private static List<String> relations(Observation group) {
        return group.getHasMember().stream()
                .map(member -> member.getExtensionByUrl(CheckupSystem.GROUP_RELATION.url())
                        .getValue()
                        .primitiveValue())
                .toList();
    }
}
