package phr.fhir.normalise.lifelog;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.json.Pieces;

/** Takes the points of a file apart: header, schema, time; each measurement goes to {@link PointMapper}. */
final class PointReader implements Pieces.Reader {

    private final LifelogFile file;
    private final PointMapper mapper;
    private final Set<String> warned = new HashSet<>();

    PointReader(LifelogFile file) {
        this.file = file;
        this.mapper = new PointMapper(file);
    }

    @Override
    public void fault(Issue issue) {
        file.read();
        file.issue(issue);
    }

    @Override
    public void piece(String place, JsonNode piece) {
        PointHeader header = PointHeader.of(piece.path("header"));
        if (Texts.myNumberIn(piece)) {
            file.refuseOriginal(place);
        }
        JsonNode body = piece.path("body");
        if (!body.isArray()) {
            point(place, header, body, true);
            return;
        }
        for (int i = 0; i < body.size(); i++) {
            point(place + ".body[" + i + "]", header, body.get(i), false);
        }
    }

    private void point(String place, PointHeader header, JsonNode body, boolean single) {
        file.read();
        Optional<Schema> schema = header.complete() ? Schema.of(header.namespace(), header.name()) : Optional.empty();
        if (schema.isEmpty()) {
            boolean named = header.complete();
            file.issue(Issue.warning(
                    named ? "not-supported" : "required",
                    named ? "LIF-1" : "LIF-2",
                    named ? "a schema that is not mapped: kept in the original" : "the header names no schema",
                    place + ".header.schema_id"));
            return;
        }
        file.schema(schema.get());
        unknownVersion(place, header, schema.get());
        timed(place, header, schema.get(), body, single);
    }

    /** Best effort, said once per schema. */
    private void unknownVersion(String place, PointHeader header, Schema schema) {
        if (!schema.versions().contains(header.version()) && warned.add(schema.type())) {
            file.issue(Issue.warning(
                    "not-supported",
                    "LIF-3",
                    "an unknown version of the schema, read like the known ones",
                    place + ".header.schema_id.version"));
        }
    }

    private void timed(String place, PointHeader header, Schema schema, JsonNode body, boolean single) {
        TimeFrame frame;
        try {
            frame = TimeFrame.parse(body.path("effective_time_frame"));
        } catch (DateTimeException e) {
            file.issue(Issue.error(
                    "value",
                    "LIF-4",
                    "no time, or an impossible one: kept in the original",
                    place + ".effective_time_frame"));
            return;
        }
        if (frame.reversed()) {
            file.issue(Issue.warning(
                    "value",
                    "LIF-5",
                    "the interval ends before it begins: kept in the original",
                    place + ".effective_time_frame"));
            return;
        }
        if (frame.partOfDay() != null) {
            file.issue(Issue.information(
                    "informational",
                    "LIF-6",
                    "only a date and a part of the day are known",
                    place + ".effective_time_frame"));
        }
        if (mapper.map(new PointMapper.Point(place, header, schema, body, frame, single))) {
            file.mapped();
        }
    }
}
