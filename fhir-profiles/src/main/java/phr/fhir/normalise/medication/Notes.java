package phr.fhir.normalise.medication;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.PhrCategory;
import phr.fhir.normalise.medication.record.Codes;
import phr.fhir.normalise.medication.record.NotebookRecord;

/**
 * Texts that people wrote beside the medicines. What a professional noted goes with the medicine; what anybody else wrote is a
 * Communication of its own in the category of personal notes, so that who may see dispensings does not see it.
 */
final class Notes {

    private final NotebookDrafts drafts;

    Notes(NotebookDrafts drafts) {
        this.drafts = drafts;
    }

    /** The record's kind, and for 411 and the like what sort of information it is. */
    static CodeableConcept kind(NotebookRecord record) {
        Coding kind = NotebookSystem.RECORD.coding(record.number()).setDisplay(record.japanese());
        CodeableConcept concept = new CodeableConcept(kind);
        String information = record.number().equals("411") ? record.code("kind") : "";
        if (!information.isEmpty()) {
            Codes.name("information-kind", information)
                    .map(name -> NotebookSystem.INFORMATION.coding(information).setDisplay(name))
                    .ifPresentOrElse(concept::addCoding, () -> concept.setText(information));
        }
        return concept;
    }

    static Annotation annotation(NotebookRecord record, Author author) {
        Annotation annotation = new Annotation();
        annotation.setText(record.textOrEmpty("content"));
        annotation.addExtension(new Extension(NotebookSystem.RECORD_EXTENSION.url(), kind(record)));
        Reference named = author.named();
        if (named != null) {
            annotation.setAuthor(named);
        }
        Extension creator = author.extension();
        if (creator != null) {
            annotation.addExtension(creator);
        }
        return annotation;
    }

    /**
     * @param context key of what it is about, empty for the notebook as a whole
     * @param date of the note, else of what it is about
     * @param about references to the medicines
     */
    void communication(
            NotebookRecord record, Author author, String context, @Nullable LocalDate date, List<String> about) {
        Communication communication = new Communication();
        communication.setStatus(CommunicationStatus.COMPLETED);
        communication.addCategory(kind(record));
        communication.setSubject(drafts.person());
        if (date != null) {
            communication.setSentElement(new DateTimeType(date.toString()));
        }
        Reference sender = author.named();
        if (sender != null) {
            communication.setSender(sender);
        }
        about.forEach(medicine -> communication.addAbout(new Reference(medicine)));
        communication.addPayload().setContent(new StringType(record.textOrEmpty("content")));
        String key = NotebookDrafts.key(
                context, record.number(), date == null ? "" : date, record.textOrEmpty("content"), author.creator());
        PhrCategory category = author.professional() ? PhrCategory.MEDICATION : PhrCategory.PATIENT_NOTE;
        drafts.add(communication, key, Set.of(category), record.place(), author);
    }
}
