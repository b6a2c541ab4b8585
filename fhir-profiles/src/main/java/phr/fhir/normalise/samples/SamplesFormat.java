package phr.fhir.normalise.samples;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.json.Pieces;
import phr.fhir.normalise.lifelog.LifelogFile;
import phr.fhir.normalise.vendor.measure.Measurements;

/** A vendor's batch: {@code {id, parentId?, type, start, end, zoneOffset, source{…}, value, unit, metadata}} (lifelog.md §6). */
public final class SamplesFormat implements Format {

    private static final List<String> MARKS = List.of("\"id\"", "\"type\"", "\"start\"", "\"value\"");
    private static final String LIST = "samples";

    /** Records of one batch. */
    static final int MOST = 10_000;

    /** Bytes of one batch (lifelog.md §6). */
    public static final long LARGEST = 8L << 20;

    @Override
    public String name() {
        return "samples";
    }

    @Override
    public boolean recognises(byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8).stripLeading();
        boolean json = text.startsWith("{") || text.startsWith("[") || text.startsWith("\uFEFF");
        return json && MARKS.stream().allMatch(text::contains) && !text.contains("\"resourceType\"");
    }

    /**
     * A larger batch, which is refused whole.
     *
     * @throws phr.fhir.failure.FailureException TOO_LARGE
     */
    public static void refuseAbove(long size) {
        if (size > LARGEST) {
            throw Failure.of(Category.TOO_LARGE, "SMP-7", "a batch of samples has at most 8 MiB")
                    .exception();
        }
    }

    /** Before anything is handed on, because a part of what is refused may be stored by then. */
    private static void count(Content content) throws IOException {
        refuseAbove(content.size());
        Pieces.read(content, LIST, LIST, new Pieces.Reader() {
            private int count;

            @Override
            public boolean known(byte[] bytes, int from, int to, Supplier<String> place) {
                if (++count > MOST) {
                    throw Failure.of(
                                    Category.TOO_LARGE,
                                    "SMP-7",
                                    "a batch of samples has at most 10,000 records",
                                    place.get())
                            .exception();
                }
                return true;
            }

            @Override
            public void piece(String place, JsonNode piece) {
                throw new IllegalStateException("every piece is known");
            }

            @Override
            public void fault(Issue issue) {
                count++;
            }
        });
    }

    @Override
    public void read(Intake intake, Findings findings) throws IOException {
        count(intake.content());
        Measurements out = new Measurements(new LifelogFile(intake, findings, "other", "application/json"));
        SampleReader reader = new SampleReader(intake.clientNamespace(), out);
        Pieces.read(intake.content(), LIST, LIST, reader);
        reader.finish();
        out.finish();
    }
}
