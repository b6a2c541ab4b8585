package phr.fhir.normalise.mynaportal;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import phr.fhir.facts.PhrCategory;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.KeptOriginal;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.other.KeptFile;
import phr.fhir.text.TsvTable;

/**
 * A file that only its sender can name, {@code /ingest/{person}/myna-vaccination}: its layout is not public, so its content tells
 * nothing (mynaportal.md §4, MYNA-R2, MYNA-R6). An operator's table maps what it knows; else the file is kept with its index code,
 * under its category. The kinds are {@code kinds.tsv}.
 *
 * <p>Asked after everything that knows files by their content, so it is never found by content alone.
 */
public final class DeclaredFormat implements Format {

    private final String name;
    private final Format tables;
    private final KeptFile.About about;

    private DeclaredFormat(String[] row, Format tables) {
        this.name = row[0];
        this.tables = tables;
        this.about = new KeptFile.About(
                row[3],
                row[1],
                Set.of(PhrCategory.parse(row[2])),
                new KeptOriginal.Importer("kept as the sender names it", "1"));
    }

    /** @param tables reads files by the operator's tables */
    public static List<Format> all(Format tables) {
        return TsvTable.load(DeclaredFormat.class, "kinds.tsv").rows().stream()
                .<Format>map(row -> new DeclaredFormat(row, tables))
                .toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean recognises(byte[] head) {
        return KeptFile.recognises(head);
    }

    @Override
    public void read(Intake intake, Findings findings) throws IOException {
        byte[] head;
        try (InputStream in = intake.content().open()) {
            head = in.readNBytes(Normalisation.HEAD);
        }
        if (tables.recognises(head)) {
            tables.read(intake, findings);
        } else {
            KeptFile.keep(intake, findings, about);
        }
    }
}
