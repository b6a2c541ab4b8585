package phr.fhir.normalise.medication;

import java.io.IOException;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.medication.part.Upload;

/**
 * お薬手帳: text of JAHIS TC, one notebook or several, whole or split into parts, alone or in a ZIP (medication-notebook.md).
 *
 * <p>Refuses with {@code MALFORMED} a damaged archive and with {@code TOO_LARGE} what no notebook can be.
 */
public final class NotebookFormat implements Format {

    @Override
    public String name() {
        return "jahis";
    }

    @Override
    public boolean recognises(byte[] head) {
        return Upload.archive(head) ? Upload.archiveOfNotebooks(head) : Upload.begins(head);
    }

    @Override
    public void read(Intake intake, Findings findings) throws IOException {
        new NotebookImport(intake, findings).run(Upload.read(intake.content()));
    }
}
