package phr.fhir.normalise.checkup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.Checkups;
import phr.fhir.fixtures.Fault;
import phr.fhir.fixtures.People;
import phr.fhir.fixtures.Person;
import phr.fhir.normalise.Account;
import phr.fhir.normalise.DocumentReport;

/** T-36: whose document it is (checkup-cda.md §5.2). */
class IdentityTest {

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"BIRTH_DATE_OF_SOMEBODY_ELSE", "NO_BIRTH_DATE", "NAME_OF_SOMEBODY_ELSE", "OTHER_SEX"})
    void aDocumentThatContradictsTheAccountIsHeldAndNothingComesOut(Fault fault) {
        Reading reading = Reading.of(Checkups.taro2025().with(fault));

        assertTrue(reading.report().held());
        assertTrue(reading.drafts().isEmpty());
        assertTrue(reading.originals().isEmpty());
        assertEquals(1, reading.report().contradictions().size());
        assertEquals("business-rule", reading.report().contradictions().get(0).code());
        assertTrue(reading.report()
                .contradictions()
                .get(0)
                .expressions()
                .get(0)
                .startsWith("/ClinicalDocument/recordTarget[1]/patientRole/patient/"));
        assertEquals(DocumentReport.Result.HELD, reading.row().result());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ﾔﾏﾀﾞ ﾊﾅｺ", "やまだ　はなこ", "ヤマダハナコ", "山田　花子", "山田花子"})
    void otherWaysToWriteTheSameNameAreStored(String name) {
        assertFalse(read(People.HANAKO, name).report().held());
    }

    @Test
    void theSexIsComparedForWomenAndMen() {
        assertTrue(
                Reading.of(Checkups.hanako2025().with(Fault.OTHER_SEX)).report().held());
        assertTrue(
                Reading.of(Checkups.taro2025().with(Fault.OTHER_SEX)).report().held());
    }

    @Test
    void smallKanaAndDashesDoNotMatter() {
        assertFalse(read(People.RYOKO, "タカハシ リヨウコ").report().held());
        assertFalse(
                read(People.HANAKO.withKana("ヤマダ ハーナコ"), "ヤマダ ハ－ナコ").report().held());
    }

    @Test
    void aVariantOfAKanjiIsAnotherName() {
        assertFalse(read(People.RYOKO, "髙橋 涼子").report().held());
        assertTrue(read(People.RYOKO, "高橋 涼子").report().held());
    }

    @Test
    void anAccountWithoutKanaOrBirthDateHoldsEverything() {
        Account full = People.HANAKO.account(Reading.PERSON);
        byte[] file = Checkups.hanako2025().xml();

        assertTrue(Reading.of(file, new Account(full.person(), full.name(), null, full.gender(), full.birthDate()))
                .report()
                .held());
        assertTrue(Reading.of(file, new Account(full.person(), full.name(), full.kana(), full.gender(), null))
                .report()
                .held());
    }

    @Test
    void aSexTheAccountDoesNotStateIsNotCompared() {
        Account account = People.HANAKO.withGender(AdministrativeGender.OTHER).account(Reading.PERSON);

        assertFalse(Reading.of(Checkups.hanako2025().xml(), account).report().held());
    }

    @Test
    void aConfirmedDocumentIsStoredWithThePersonAsAttester() {
        Reading reading = Reading.confirmed(Checkups.taro2025().xml(), People.HANAKO.account(Reading.PERSON));

        assertFalse(reading.report().held());
        assertEquals(6, reading.all(Observation.class).size());
        assertEquals(
                List.of("assembler", "author", "enterer", "attester"),
                reading.only(Provenance.class).getAgent().stream()
                        .map(agent -> agent.getType().getCodingFirstRep().getCode())
                        .toList());
    }

    private static Reading read(Person person, String name) {
        String written = "<name>" + person.kana() + "</name>";
        return Reading.of(
                Checkup.of(person)
                        .replacing(written, "<name>" + name + "</name>")
                        .xml(),
                person.account(Reading.PERSON));
    }
}
