package phr.gateway.withdrawals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import phr.consent.Permit;
import phr.fhir.catalogue.Catalogue;
import phr.fhir.jp.CheckupOid;
import phr.fhir.jp.ReportCategory;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.checkup.CheckupReport;
import phr.gateway.record.Entry;
import phr.gateway.record.OriginalFile;
import phr.gateway.record.Query;
import phr.gateway.record.RecordStore;
import phr.gateway.record.Results;

/** The checkup documents of one record, read from their originals: a person has some dozens in a life. */
@Singleton
class Reports {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String DOCUMENT = "DocumentReference";

    private final RecordStore store;

    Reports(RecordStore store) {
        this.store = store;
    }

    /** One document. */
    record Report(UUID id, CheckupReport about) {}

    private record Pointer(UUID id, UUID binary) {}

    List<Report> of(Permit permit) {
        List<Pointer> pointers = new ArrayList<>();
        try (Results documents = store.search(permit, documents())) {
            documents.forEachRemaining(entry -> pointer(entry).ifPresent(pointers::add));
        }
        List<Report> reports = new ArrayList<>();
        for (Pointer pointer : pointers) {
            store.original(permit, pointer.binary())
                    .flatMap(Reports::about)
                    .ifPresent(about -> reports.add(new Report(pointer.id(), about)));
        }
        return reports;
    }

    /** {@code Type/id} of everything that was made of a report, but for what only stands beside it and for the person herself. */
    Set<String> madeOf(Permit permit, UUID report) {
        Set<String> made = new LinkedHashSet<>();
        Query origins = Query.referring("Provenance", Set.of(DOCUMENT + "/" + report));
        try (Results found = store.search(permit, origins)) {
            found.forEachRemaining(entry -> json(entry).path("target").forEach(target -> {
                String reference = target.path("reference").asText();
                String type = reference.replaceFirst("/.*", "");
                if (!type.equals("Patient") && !Catalogue.supporting(type)) {
                    made.add(reference);
                }
            }));
        }
        return made;
    }

    private static Query documents() {
        return new Query(Set.of(DOCUMENT), List.of(), List.of(), 0, null);
    }

    private static Optional<Pointer> pointer(Entry entry) {
        JsonNode document = json(entry);
        String url = document.at("/content/0/attachment/url").asText();
        for (JsonNode coding : document.at("/type/coding")) {
            boolean category = CheckupOid.REPORT_CATEGORY
                    .oid()
                    .equals(coding.path("system").asText());
            if (category
                    && url.startsWith("Binary/")
                    && ReportCategory.find(coding.path("code").asText()).isPresent()) {
                return Optional.of(new Pointer(entry.id(), UUID.fromString(url.substring("Binary/".length()))));
            }
        }
        return Optional.empty();
    }

    private static Optional<CheckupReport> about(OriginalFile file) {
        try (InputStream in = file.content()) {
            return CheckupReport.of(Content.of(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("an original cannot be read", e);
        }
    }

    private static JsonNode json(Entry entry) {
        try {
            return JSON.readTree(entry.json());
        } catch (IOException e) {
            throw new UncheckedIOException("a stored resource is JSON", e);
        }
    }
}
