package phr.fhir.normalise.medication;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceCategory;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceType;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Flag.FlagStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import phr.fhir.facts.PhrCategory;
import phr.fhir.normalise.medication.part.Faults;
import phr.fhir.normalise.medication.record.Creator;
import phr.fhir.normalise.medication.record.NotebookRecord;
import phr.fhir.text.TsvTable;
import phr.fhir.text.Width;

/** What the notebook says of the person herself: records 1, 2 and 701 (medication-notebook.md §7). */
final class HeadMapping {

    private static final Set<String> NOTHING = new HashSet<>();

    static {
        TsvTable.load(HeadMapping.class, "nothing.tsv").rows().forEach(row -> NOTHING.add(row[0]));
    }

    private final NotebookDrafts drafts;
    private final Facilities facilities;
    private final Faults faults;

    HeadMapping(NotebookDrafts drafts, Facilities facilities, Faults faults) {
        this.drafts = drafts;
        this.facilities = facilities;
        this.faults = faults;
    }

    /** 血液型 and 体重; the record has no date and says not who wrote it, so the direction of the file does. */
    void patient(NotebookRecord patient, boolean byPatient) {
        Author author = drafts.author(byPatient ? Creator.PATIENT : Creator.NOT_STATED, null);
        String group = patient.text("blood-group");
        if (group != null && !nothing(patient, group)) {
            Observation observation = observation("882-1", "laboratory", author);
            observation.setValue(new CodeableConcept().setText(group));
            drafts.add(
                    observation, NotebookDrafts.key("882-1", group), Set.of(PhrCategory.LAB), patient.place(), author);
        }
        Optional<BigDecimal> weight = patient.amount("weight");
        weight.ifPresent(kilograms -> {
            Observation observation = observation("29463-7", "vital-signs", author);
            observation.setValue(new Quantity()
                    .setValue(kilograms)
                    .setUnit("kg")
                    .setSystem(NotebookSystem.UCUM.url())
                    .setCode("kg"));
            String key =
                    NotebookDrafts.key("29463-7", kilograms.stripTrailingZeros().toPlainString());
            drafts.add(observation, key, Set.of(PhrCategory.LIFELOG_BODY), patient.place(), author);
        });
    }

    private Observation observation(String loinc, String category, Author author) {
        Observation observation = new Observation();
        observation.setStatus(ObservationStatus.UNKNOWN);
        observation.addCategory(NotebookSystem.OBSERVATION_CATEGORY.concept(category));
        observation.setCode(NotebookSystem.LOINC.concept(loinc));
        observation.setSubject(drafts.person());
        Reference performer = author.named();
        if (performer != null) {
            observation.addPerformer(performer);
        }
        return observation;
    }

    /** 患者特記. */
    void remark(NotebookRecord remark) {
        Author author = drafts.author(remark.creator(), null);
        String content = remark.textOrEmpty("content");
        if (nothing(remark, content)) {
            return;
        }
        String key = NotebookDrafts.key(remark.code("kind"), content, author.creator());
        switch (remark.code("kind")) {
            case "1", "2" ->
                drafts.add(allergy(remark, author), key, Set.of(PhrCategory.ALLERGY), remark.place(), author);
            case "3" ->
                drafts.add(condition(content, author), key, Set.of(PhrCategory.PROBLEM), remark.place(), author);
            default -> drafts.add(flag(content, author), key, Set.of(PhrCategory.PROBLEM), remark.place(), author);
        }
    }

    /** "None" is not the name of an allergy. */
    private boolean nothing(NotebookRecord record, String content) {
        boolean nothing = NOTHING.contains(Width.nfkcTrimmed(content).replaceAll("[。.]$", ""));
        if (nothing) {
            faults.information(
                    "informational",
                    "TC-7",
                    "says that there is none or that it is not known; kept in the original",
                    record.place());
        }
        return nothing;
    }

    private AllergyIntolerance allergy(NotebookRecord remark, Author author) {
        AllergyIntolerance allergy = new AllergyIntolerance();
        allergy.setClinicalStatus(NotebookSystem.ALLERGY_CLINICAL.concept("active"));
        allergy.setVerificationStatus(NotebookSystem.ALLERGY_VERIFICATION.concept("unconfirmed"));
        if (remark.code("kind").equals("2")) {
            allergy.setType(AllergyIntoleranceType.INTOLERANCE);
            allergy.addCategory(AllergyIntoleranceCategory.MEDICATION);
        } else {
            allergy.setType(AllergyIntoleranceType.ALLERGY);
        }
        allergy.setCode(new CodeableConcept().setText(remark.textOrEmpty("content")));
        allergy.setPatient(drafts.person());
        Reference asserter = author.named();
        if (asserter != null) {
            allergy.setAsserter(asserter);
        }
        return allergy;
    }

    private Condition condition(String content, Author author) {
        Condition condition = new Condition();
        condition.setVerificationStatus(NotebookSystem.CONDITION_VERIFICATION.concept("unconfirmed"));
        condition.setCode(new CodeableConcept().setText(content));
        condition.setSubject(drafts.person());
        Reference asserter = author.named();
        if (asserter != null) {
            condition.setAsserter(asserter);
        }
        return condition;
    }

    private Flag flag(String content, Author author) {
        Flag flag = new Flag();
        flag.setStatus(FlagStatus.ACTIVE);
        flag.setCode(new CodeableConcept().setText(content));
        flag.setSubject(drafts.person());
        Reference writer = author.named();
        if (writer != null) {
            flag.setAuthor(writer);
        }
        return flag;
    }

    /** かかりつけ薬剤師. */
    void pharmacist(NotebookRecord record) {
        Author author = drafts.author(record.creator(), null);
        String pharmacy = record.text("pharmacy");
        String at = pharmacy == null ? null : facilities.named(pharmacy, record.place(), author);
        String name = record.textOrEmpty("name");
        String who = facilities.practitioner(name, record.text("contact"), at, record.place(), author);
        CareTeam team = new CareTeam();
        team.setSubject(drafts.person());
        team.setName(record.japanese());
        CareTeam.CareTeamParticipantComponent member = team.addParticipant().setMember(new Reference(who));
        if (at != null) {
            member.setOnBehalfOf(new Reference(at));
            team.addManagingOrganization(new Reference(at));
        }
        Period period = period(record);
        if (!period.isEmpty()) {
            team.setPeriod(period);
        }
        String start = record.date("start").map(Objects::toString).orElse("");
        drafts.add(
                team,
                NotebookDrafts.key(name, pharmacy == null ? "" : pharmacy, start),
                Set.of(PhrCategory.ENCOUNTER),
                record.place(),
                author);
    }

    /** 開始 to 終了 of a record. */
    static Period period(NotebookRecord record) {
        Period period = new Period();
        record.date("start").ifPresent(day -> period.setStartElement(new DateTimeType(day.toString())));
        record.date("end").ifPresent(day -> period.setEndElement(new DateTimeType(day.toString())));
        return period;
    }

    /** For keys. */
    static String days(NotebookRecord record) {
        return java.util.stream.Stream.of("start", "end")
                .map(field -> record.date(field).map(Objects::toString).orElse(""))
                .collect(Collectors.joining("/"));
    }
}
