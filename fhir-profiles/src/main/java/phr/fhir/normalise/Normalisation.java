package phr.fhir.normalise;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** Finds the format of a file by its content and lets it read. */
public final class Normalisation {

    /** Bytes from the beginning of a file that decide its format. */
    public static final int HEAD = 64 * 1024;

    private final List<Format> formats;

    /** @param formats in the order in which they are asked */
    public Normalisation(List<Format> formats) {
        this.formats = List.copyOf(formats);
    }

    /**
     * Reads the file and hands each batch to the next stage.
     *
     * @throws phr.fhir.failure.FailureException when the file is refused
     * @throws IOException when the content cannot be read from disk
     */
    public Report normalise(Intake intake, Consumer<Normalised> batches) throws IOException {
        return normalise(intake, Packer.NONE, batches);
    }

    /**
     * The same, where dense samples may go past the drafts.
     *
     * @param packer the validator that sees the batches
     */
    public Report normalise(Intake intake, Packer packer, Consumer<Normalised> batches) throws IOException {
        Format format = formatOf(intake);
        Findings findings = new Findings(intake, packer, batches);
        format.read(intake, findings);
        findings.flush();
        return findings.report(format.name());
    }

    /**
     * Looks at the beginning of a file only, so that junk is refused before it is received whole.
     *
     * @param head at most {@link #HEAD} bytes
     * @param format name that the sender insists on, null = any
     * @return name of the format that recognises it
     * @throws phr.fhir.failure.FailureException MALFORMED when no format recognises it
     */
    public String check(byte[] head, @Nullable String format) {
        return formatOf(head, format).name();
    }

    private Format formatOf(Intake intake) throws IOException {
        try (InputStream in = intake.content().open()) {
            return formatOf(in.readNBytes(HEAD), intake.format());
        }
    }

    private Format formatOf(byte[] head, @Nullable String wanted) {
        return formats.stream()
                .filter(format -> wanted == null || wanted.equals(format.name()))
                .filter(format -> format.recognises(head))
                .findFirst()
                .orElseThrow(() -> Failure.of(
                                Category.MALFORMED,
                                "ING-1",
                                wanted == null
                                        ? "no known format recognised in the content"
                                        : "the content is not of the format named in the address")
                        .exception());
    }
}
