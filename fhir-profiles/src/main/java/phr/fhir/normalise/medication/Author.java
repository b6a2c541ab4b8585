package phr.fhir.normalise.medication;

import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.medication.record.Codes;
import phr.fhir.normalise.medication.record.Creator;

/**
 * Who wrote a record, as FHIR says it (TC-R4).
 *
 * @param reference {@code Patient/…} or {@code Organization/…}; null when nobody is named
 */
record Author(Creator creator, @Nullable String reference) {

    /** Two resources of equal key have one Provenance. */
    String key() {
        return creator.code() + "|" + (reference == null ? "" : reference);
    }

    boolean professional() {
        return creator == Creator.PROFESSIONAL;
    }

    boolean patient() {
        return creator == Creator.PATIENT;
    }

    /** Null when nobody is named. */
    @Nullable
    Reference named() {
        return reference == null ? null : new Reference(reference);
    }

    /** For Provenance, which always names somebody. */
    Reference who() {
        return reference == null ? new Reference().setDisplay(japanese()) : new Reference(reference);
    }

    private String japanese() {
        return Codes.name("creator", creator.code()).orElse("不明");
    }

    /** 作成者 as stated; null when the record does not say. */
    @Nullable
    Extension extension() {
        if (creator == Creator.NOT_STATED) {
            return null;
        }
        Coding coding = NotebookSystem.CREATOR.coding(creator.code()).setDisplay(japanese());
        return new Extension(NotebookSystem.CREATOR_EXTENSION.url(), coding);
    }
}
