package phr.fhir.normalise.clinical.echeckup;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DocumentReference;
import phr.fhir.failure.Issue;

/** Files in a document that say they are checkup documents of their own (checkup-fhir.md §6.3, C-13). */
public final class Attachments {

    private static final String CHECKUP = "cdar2_hc08_v08";
    private static final int HEAD = 4096;

    private Attachments() {}

    /** What such a file turns out not to be; it is kept and never read as a result. */
    public static List<Issue> check(DocumentReference document) {
        List<Issue> found = new ArrayList<>();
        for (int i = 0; i < document.getContent().size(); i++) {
            var content = document.getContent().get(i);
            if (CHECKUP.equals(content.getFormat().getCode()) && !holdsCheckup(content.getAttachment())) {
                found.add(Issue.warning(
                        "business-rule",
                        "ECH-13",
                        "declared as a checkup document and holds something else; kept, not read as a result",
                        "DocumentReference.content[" + i + "]"));
            }
        }
        return found;
    }

    private static boolean holdsCheckup(Attachment attachment) {
        byte[] data = attachment.getData();
        return data == null
                || new String(data, 0, Math.min(HEAD, data.length), StandardCharsets.ISO_8859_1)
                        .contains("ClinicalDocument");
    }
}
