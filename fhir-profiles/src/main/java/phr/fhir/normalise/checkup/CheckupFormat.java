package phr.fhir.normalise.checkup;

import java.nio.charset.StandardCharsets;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;

/** 特定健診 and related checkups: one CDA document, or the official ZIP (checkup-cda.md). */
public final class CheckupFormat implements Format {

    @Override
    public String name() {
        return "checkup";
    }

    @Override
    public boolean recognises(byte[] head) {
        return new String(head, StandardCharsets.ISO_8859_1).contains("ClinicalDocument")
                || head.length > 3 && head[0] == 'P' && head[1] == 'K';
    }

    @Override
    public void read(Intake intake, Findings findings) {
        throw Failure.of(Category.MALFORMED, "N-10", "not a checkup").exception();
    }
}
