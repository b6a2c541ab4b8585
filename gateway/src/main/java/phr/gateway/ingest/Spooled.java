package phr.gateway.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import phr.fhir.Sha256;
import phr.fhir.normalise.Content;

/** A received file; closing deletes it. */
public record Spooled(Path file, long size, Sha256 sha256) implements AutoCloseable {

    public Content content() {
        return Content.of(file, size, sha256);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
