package phr.fhir.normalise.checkup;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.Set;
import java.util.TimeZone;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Period;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.PhrCategory;
import phr.fhir.jp.CheckupOid;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.jp.ReportCategory;
import phr.fhir.normalise.Content;

/** The DocumentReference of an original (checkup-cda.md §5.1); its bytes are served as Binary. */
final class Originals {

    static final Set<PhrCategory> CATEGORIES = Set.of(PhrCategory.RAW_FILE);

    private static final TimeZone TOKYO = TimeZone.getTimeZone("Asia/Tokyo");

    private final DocumentKeys keys;
    private final Content content;
    private final Instant received;

    Originals(DocumentKeys keys, Content content, Instant received) {
        this.keys = keys;
        this.content = content;
        this.received = received;
    }

    /** A checkup document, mapped or not. */
    DocumentReference document(Header header, @Nullable LocalDate checkup, boolean mapped) {
        DocumentReference reference = reference("text/xml", type(header.reportCode()));
        Attachment attachment = reference.getContentFirstRep().getAttachment();
        header.created().ifPresent(day -> attachment.setCreationElement(new DateTimeType(day.toString())));
        attachment.setTitle(title(header.reportCode(), checkup));
        if (ReportCategory.find(header.reportCode())
                .filter(category -> category.kind() == ReportCategory.Kind.GUIDANCE)
                .isEmpty()) {
            reference.getContentFirstRep().setFormat(Codings.of(CheckupSystem.ATTACHMENT_FORMAT, "cdar2_hc08_v08"));
        }
        if (checkup != null) {
            DateTimeType day = new DateTimeType(checkup.toString());
            reference.getContext().setPeriod(new Period().setStartElement(day).setEndElement(day.copy()));
        }
        if (mapped) {
            reference.getContext().addEncounter(keys.reference("Encounter", "1"));
        }
        return reference;
    }

    /** A file that is no checkup document: the archive, a claim. */
    DocumentReference other(String mediaType, String title) {
        DocumentReference reference = reference(mediaType, unspecified());
        reference.getContentFirstRep().getAttachment().setTitle(title);
        return reference;
    }

    static Identifier name(Content content) {
        return new Identifier()
                .setSystem(CheckupSystem.URI.url())
                .setValue(content.sha256().ni());
    }

    private DocumentReference reference(String mediaType, CodeableConcept type) {
        DocumentReference reference = new DocumentReference();
        reference.setMasterIdentifier(name(content));
        reference.setStatus(DocumentReferenceStatus.CURRENT);
        reference.setType(type);
        reference.setSubject(keys.subject());
        reference.setDateElement(instant(received));
        reference
                .addContent()
                .getAttachment()
                .setContentType(mediaType)
                .setUrl("Binary/" + keys.id("Binary", "1"))
                .setSize(Math.toIntExact(content.size()));
        return reference;
    }

    static InstantType instant(Instant instant) {
        return new InstantType(Date.from(instant), TemporalPrecisionEnum.MILLI, TOKYO);
    }

    /** The two codings by which packages name a checkup (phr-package.md §3). */
    private static CodeableConcept type(@Nullable String category) {
        if (category == null) {
            return unspecified();
        }
        String system = CheckupOid.REPORT_CATEGORY.oid();
        return new CodeableConcept()
                .addCoding(new Coding().setSystem(system).setCode(category))
                .addCoding(Codings.of(CheckupSystem.DOCUMENT_TYPE, "urn:oid:" + system + "#" + category));
    }

    private static CodeableConcept unspecified() {
        return Codings.concept(CheckupSystem.DOCUMENT_TYPE, "unspecified");
    }

    private static String title(@Nullable String category, @Nullable LocalDate checkup) {
        String name =
                ReportCategory.find(category).map(ReportCategory::japanese).orElse("健診");
        return checkup == null ? name : name + " " + checkup;
    }
}
