package phr.fhir.normalise.checkup;

import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;
import phr.fhir.jp.AnswerLists;
import phr.fhir.jp.CheckupItem;
import phr.fhir.jp.Generation;
import phr.fhir.jp.ItemCoding;
import phr.fhir.jp.MunicipalItems;
import phr.fhir.normalise.xml.Element;
import phr.fhir.text.Width;

/** Coded answers: the pair (answer OID, code) decides, never the item and the code (checkup-cda.md CDA-R6, §12). */
final class Answers {

    private final Located issues;
    private final Generation generation;

    Answers(Located issues, Generation generation) {
        this.issues = issues;
        this.generation = generation;
    }

    void map(Observation result, Element value, @Nullable CheckupItem item) {
        String code = value.code("code");
        if (code == null) {
            Absence.NO_ENTRY.set(result);
            issues.warning("required", "CDA-6.4", "coded value without code", value);
            return;
        }
        String oid = list(value, item);
        Coding coding = Codings.under(oid, code);
        String received = value.code("displayName");
        Optional<String> display = oid == null ? Optional.empty() : AnswerLists.display(oid, Width.nfkcTrimmed(code));
        // what the answers of municipal checkups mean is not public
        if (oid != null && display.isEmpty() && !oid.startsWith(MunicipalItems.ANSWERS)) {
            issues.warning("code-invalid", "CDA-R8", "answer outside the known list", value);
        }
        coding.setDisplay(display.orElse(received));
        result.setValue(new CodeableConcept().addCoding(coding));
    }

    private @Nullable String list(Element value, @Nullable CheckupItem item) {
        String oid = value.code("codeSystem");
        if (oid == null) {
            return defaulted(value, item);
        }
        if (!Codings.isOid(oid)) {
            issues.warning("code-invalid", "CDA-12", "answer list is not an OID", value);
        } else if (item != null && !item.answersFrom(oid)) {
            issues.warning("code-invalid", "CDA-12", "answer list is not one of the item", value);
        } else if (item != null && !ofGeneration(item, oid)) {
            issues.information("code-invalid", "CDA-10", "answer list of another generation of the table", value);
        }
        return oid;
    }

    /** The item's list when it always had the same one; the six items of §10 keep the bare code. */
    private @Nullable String defaulted(Element value, @Nullable CheckupItem item) {
        String only = item == null ? null : item.onlyAnswerOid().orElse(null);
        if (only == null) {
            issues.warning("required", "CDA-12", "no answer list, and the item has none of its own or two", value);
        }
        return only;
    }

    private boolean ofGeneration(CheckupItem item, String oid) {
        return item.in(generation)
                .map(ItemCoding::answerOid)
                .filter(oid::equals)
                .isPresent();
    }
}
