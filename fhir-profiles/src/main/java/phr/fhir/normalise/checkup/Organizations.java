package phr.fhir.normalise.checkup;

import java.util.Optional;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import phr.fhir.jp.CheckupOid;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.normalise.xml.Element;
import phr.fhir.text.Width;

/** Who did the checkup, who wrote the document, who insured: one set per document, never merged over documents (§5.1). */
final class Organizations {

    private static final String PERFORMER = "performer";
    private static final String AUTHOR = "author";
    private static final String EXECUTED = "exec-org";
    private static final String DOCUMENTED = "doc-org";

    private final DocumentKeys keys;
    private final Drafts drafts;
    private @Nullable String performer;
    private @Nullable String author;

    Organizations(DocumentKeys keys, Drafts drafts) {
        this.keys = keys;
        this.drafts = drafts;
    }

    /** The facility and the author; one resource when they are the same. */
    void facilities(Header header) {
        Optional<Element> performed = header.performer();
        Optional<Element> written = header.author();
        boolean same = performed.isPresent()
                && (written.isEmpty()
                        || number(written.get()).isEmpty()
                        || number(performed.get()).equals(number(written.get())));
        performed.ifPresent(from -> {
            Organization facility = facility(from, EXECUTED);
            if (same && written.isPresent()) {
                facility.addType(Codings.concept(CheckupSystem.FACILITY_ROLE, DOCUMENTED));
            }
            drafts.add(PERFORMER, facility);
            performer = PERFORMER;
        });
        if (same) {
            author = written.isPresent() ? PERFORMER : null;
        } else if (written.isPresent()) {
            drafts.add(AUTHOR, facility(written.get(), DOCUMENTED));
            author = AUTHOR;
        }
    }

    /** An insurer by its number as received. */
    Reference insurer(String key, String number) {
        Organization insurer = new Organization();
        insurer.addIdentifier().setSystem(CheckupSystem.INSURER_NUMBER.url()).setValue(number);
        insurer.addType(Codings.concept(CheckupSystem.ORGANIZATION_TYPE, "ins"));
        drafts.add(key, insurer);
        return keys.reference("Organization", key);
    }

    Optional<Reference> performer() {
        return Optional.ofNullable(performer).map(key -> keys.reference("Organization", key));
    }

    Optional<Reference> author() {
        return Optional.ofNullable(author).map(key -> keys.reference("Organization", key));
    }

    private static Organization facility(Element from, String role) {
        Organization facility = new Organization();
        for (Element id : from.children("id")) {
            String value = id.code("extension");
            if (value != null && CheckupOid.FACILITY.is(String.valueOf(id.code("root")))) {
                facility.addIdentifier()
                        .setSystem(CheckupSystem.FACILITY_NUMBER.url())
                        .setValue(value);
            }
        }
        facility.addType(Codings.concept(CheckupSystem.FACILITY_ROLE, role));
        from.at("name")
                .map(name -> name.allText().strip())
                .filter(name -> !name.isEmpty())
                .ifPresent(facility::setName);
        String telecom = from.codeAt("value", "telecom");
        if (telecom != null) {
            facility.addTelecom()
                    .setSystem(ContactPointSystem.PHONE)
                    .setValue(telecom.startsWith("tel:") ? telecom.substring("tel:".length()) : telecom);
        }
        from.at("addr").ifPresent(address -> address(facility, address));
        return facility;
    }

    /** Mixed content: free text around {@code postalCode}. */
    private static void address(Organization facility, Element from) {
        String text = from.text().strip();
        String postalCode =
                from.at("postalCode").map(code -> code.text().strip()).orElse("");
        if (text.isEmpty() && postalCode.isEmpty()) {
            return;
        }
        facility.addAddress()
                .setText(text.isEmpty() ? null : text)
                .setPostalCode(postalCode.isEmpty() ? null : postalCode);
    }

    private static Optional<String> number(Element organization) {
        return organization.children("id").stream()
                .filter(id -> CheckupOid.FACILITY.is(String.valueOf(id.code("root"))))
                .flatMap(id -> Optional.ofNullable(id.code("extension")).stream())
                .map(Width::nfkcTrimmed)
                .findFirst();
    }
}
