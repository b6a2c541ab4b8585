package phr.fhir.normalise.samples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    @Override
    public void read(Intake intake, Findings findings) throws IOException {
        Measurements out = new Measurements(new LifelogFile(intake, findings, "other", "application/json"));
        SampleReader reader = new SampleReader(intake.clientNamespace(), out);
        Pieces.read(intake.content(), LIST, LIST, reader);
        reader.finish();
        out.finish();
    }
}
