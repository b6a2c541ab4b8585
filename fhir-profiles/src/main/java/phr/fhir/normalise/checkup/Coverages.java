package phr.fhir.normalise.checkup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Coverage.CoverageStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.PhrCategory;
import phr.fhir.jp.CheckupOid;
import phr.fhir.jp.CheckupSystem;
import phr.fhir.normalise.xml.Element;
import phr.fhir.text.Width;

/** Insurance and checkup ticket of the day; nothing that the file does not say (checkup-cda.md §5.1). */
final class Coverages {

    private static final Set<PhrCategory> CATEGORIES = Set.of(PhrCategory.COVERAGE);

    private final DocumentContext document;
    private final Organizations organizations;
    private final InsuranceCard card;
    private @Nullable Reference payor;

    Coverages(DocumentContext document, Organizations organizations, InsuranceCard card) {
        this.document = document;
        this.organizations = organizations;
        this.card = card;
    }

    void insurance() {
        if (card.isEmpty()) {
            return;
        }
        Coverage coverage = coverage();
        extension(coverage, CheckupSystem.INSURED_SYMBOL, card.symbol());
        extension(coverage, CheckupSystem.INSURED_NUMBER, card.number());
        extension(coverage, CheckupSystem.INSURED_BRANCH, card.branch());
        if (card.number() != null) {
            coverage.addIdentifier().setValue(quoted(card.symbol(), card.number(), card.branch()));
            coverage.setSubscriberId(quoted(card.symbol(), card.number()));
        }
        coverage.setDependent(card.branch());
        DateTimeType day = new DateTimeType(document.date().toString());
        coverage.setPeriod(new Period().setStartElement(day).setEndElement(day.copy()));
        String insurer = card.insurer();
        payor = insurer == null ? unnamed() : organizations.insurer("payor", insurer);
        coverage.addPayor(payor.copy());
        document.drafts().add("insurance", coverage, CATEGORIES, null);
    }

    /** 受診券 or 利用券. */
    void ticket(Element participant) {
        Coverage coverage = coverage();
        String kind = participant.codeAt("code", "functionCode");
        coverage.setType(Codings.concept(CheckupSystem.TICKET_KIND, "2".equals(kind) ? "2" : "1"));
        Element entity = participant.at("associatedEntity").orElse(participant);
        coverage.setSubscriberId(entity.codeAt("extension", "id"));
        participant
                .at("time", "high")
                .flatMap(high -> CdaDates.parse(high.code("value")))
                .ifPresent(end -> coverage.setPeriod(new Period().setEndElement(new DateTimeType(end.toString()))));
        coverage.addPayor(ticketPayor(entity).copy());
        document.drafts().add("ticket", coverage, CATEGORIES, null);
    }

    private Reference ticketPayor(Element entity) {
        Optional<String> number = entity.at("scopingOrganization").flatMap(Coverages::insurerOf);
        boolean other = number.isPresent()
                && (card.insurer() == null
                        || !Width.nfkcTrimmed(number.get()).equals(Width.nfkcTrimmed(card.insurer())));
        if (other) {
            return organizations.insurer("ticket-payor", number.get());
        }
        return payor == null ? unnamed() : payor;
    }

    private static Optional<String> insurerOf(Element organization) {
        return organization.children("id").stream()
                .filter(id -> CheckupOid.INSURER.is(String.valueOf(id.code("root"))))
                .flatMap(id -> Optional.ofNullable(id.code("extension")).stream())
                .findFirst();
    }

    private Coverage coverage() {
        Coverage coverage = new Coverage().setStatus(CoverageStatus.ACTIVE);
        return coverage.setBeneficiary(document.keys().subject());
    }

    private static void extension(Coverage coverage, CheckupSystem url, @Nullable String value) {
        if (value != null) {
            coverage.addExtension(url.url(), new StringType(value));
        }
    }

    /** R4 demands a payor. */
    private static Reference unnamed() {
        return new Reference().setDisplay("保険者番号なし");
    }

    /** {@code "記号","番号"}; a part that the card lacks stays empty, so that the places keep their meaning. */
    private static String quoted(@Nullable String... parts) {
        List<String> quoted = new ArrayList<>();
        for (String part : parts) {
            quoted.add('"' + (part == null ? "" : part) + '"');
        }
        return String.join(",", quoted);
    }
}
