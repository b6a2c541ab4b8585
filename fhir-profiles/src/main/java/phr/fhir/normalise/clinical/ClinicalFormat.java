package phr.fhir.normalise.clinical;

import java.io.IOException;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.clinical.survey.NamedTypes;
import phr.fhir.normalise.clinical.survey.Survey;
import phr.fhir.normalise.json.Pieces;
import phr.fhir.normalise.lifelog.FhirFormat;

/**
 * FHIR R4 JSON: one resource, a Bundle of any type, one resource per line. Resources of the types that the record knows become part of
 * it, the others stay in the original and are named.
 *
 * <p>A file that holds nothing but Observations is a lifelog and takes the shorter way of {@link FhirFormat}.
 */
public final class ClinicalFormat implements Format {

    private final FhirFormat lifelog = new FhirFormat();

    @Override
    public String name() {
        return lifelog.name();
    }

    @Override
    public boolean recognises(byte[] head) {
        return lifelog.recognises(head);
    }

    @Override
    public void read(Intake intake, Findings findings) throws IOException {
        Survey survey = NamedTypes.onlyObservations(intake.content()) ? null : Survey.of(intake);
        if (survey == null || survey.onlyObservations()) {
            lifelog.read(intake, findings);
            return;
        }
        if (survey.whose().contradicted()) {
            findings.row(survey.held(ClinicalFile.KIND));
            findings.hold(survey.whose().contradictions());
            return;
        }
        ClinicalFile file = new ClinicalFile(intake, findings, survey);
        Pieces.read(intake.content(), survey.list(), "Bundle.entry", new ResourceReader(file, survey));
        file.finish();
    }
}
