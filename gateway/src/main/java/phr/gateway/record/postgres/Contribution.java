package phr.gateway.record.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.ClientApp;
import phr.consent.Party;
import phr.consent.Permit;
import phr.fhir.PersonId;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.facts.Tokens;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Original;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.validate.Document;
import phr.fhir.validate.Validated;
import phr.gateway.keys.DataKey;
import phr.gateway.record.Saved;
import phr.gateway.record.Stored;
import phr.gateway.record.Watchers;

/**
 * A batch that its permit allows to write. Each original becomes a Binary with the facts of the DocumentReference that describes
 * it, so that the file is seen by whoever may see the description.
 */
final class Contribution {

    private final PersonId person;
    private final Validated batch;
    private final List<Document> binaries;
    private final @Nullable String sender;

    private Contribution(Permit permit, Validated batch) {
        this.sender = sender(permit);
        this.person = batch.intake().account().person();
        this.batch = batch;
        this.binaries = batch.originals().stream().map(this::binary).toList();
    }

    /**
     * @throws phr.fhir.failure.FailureException FORBIDDEN when the permit is for something else or does not cover all of it
     */
    static Contribution of(Permit permit, Validated batch) {
        Contribution contribution = new Contribution(permit, batch);
        if (permit.action() != Action.CONTRIBUTE || !permit.subject().equals(contribution.person)) {
            throw refused("the permit is not for a contribution to this record");
        }
        List<Facts> files = contribution.binaries.stream().map(Document::facts).toList();
        if (!Coverage.covers(permit, batch, files)) {
            throw refused("the permit does not cover everything in this batch");
        }
        return contribution;
    }

    private static RuntimeException refused(String text) {
        return Failure.of(Category.FORBIDDEN, "STO-2", text).exception();
    }

    Saved write(
            Connection connection,
            DataKey key,
            @Nullable SeriesHead head,
            SeriesCache cache,
            Watchers watchers,
            Consumer<Stored> each,
            Instant now)
            throws SQLException {
        Instant time = now.truncatedTo(ChronoUnit.MILLIS);
        Blinding blinding = new Blinding(key);
        OriginalWriter originals = new OriginalWriter(connection, person, key, time);
        List<Incoming> incoming = new ArrayList<>();
        DocumentIdentities identities = new DocumentIdentities(connection, person, key, cache.identities(), head);
        SampleWriter samples = new SampleWriter(
                connection,
                person,
                key,
                blinding,
                cache,
                watchers,
                each,
                batch.intake().ownNamespace(),
                head,
                identities,
                time);
        Saved packed = samples.write(batch.samples());
        Stream.concat(batch.documents().stream(), samples.documents().stream())
                .forEach(document -> incoming.add(Incoming.of(document, null, key, blinding)));
        observations(samples);
        int fresh = 0;
        for (int i = 0; i < binaries.size(); i++) {
            Original original = batch.originals().get(i);
            UUID name = blinding.original(original.content().sha256().hex());
            incoming.add(Incoming.of(binaries.get(i), name, key, blinding));
            fresh += originals.write(original, name) ? 1 : 0;
        }
        // A sample that leaves its chunk is told like those that stay.
        Set<UUID> samplesLeaving = samples.documents().stream()
                .map(document -> document.facts().id())
                .collect(Collectors.toSet());
        List<Incoming> shared = new ArrayList<>();
        List<Incoming> alone = new ArrayList<>();
        for (Incoming one : incoming) {
            boolean leaving = samplesLeaving.contains(one.document().facts().id());
            (shared(one) && !leaving ? shared : alone).add(one);
        }
        DocumentWriter documents =
                new DocumentWriter(connection, person, key, blinding, identities, time, watchers, each);
        Saved own = documents.write(alone).plus(packed);
        Saved rest = documents.write(shared).plus(new Saved(0, 0, 0, fresh));
        if (sender == null) {
            return own.plus(rest);
        }
        UUID blinded = key.blindIdentity("sender", sender);
        return own.plus(rest.telling(new SentDocuments(connection, person, blinded).remember(shared)));
    }

    /** Outside the namespace of the sending application, where others send the same things. */
    private boolean shared(Incoming incoming) {
        return !incoming.document().source().namespace().equals(batch.intake().clientNamespace());
    }

    /** Null for the person in an application of her own: she hears everything. */
    private static @Nullable String sender(Permit permit) {
        Party organisation = permit.request().organisation();
        ClientApp app = permit.request().app();
        if (organisation != null) {
            return organisation.id();
        }
        return app != null && app.firstParty() ? null : "App/" + (app == null ? "" : app.id());
    }

    /** What comes as a document this time may have come as a sample before. */
    private void observations(SampleWriter samples) throws SQLException {
        Set<UUID> ids = batch.documents().stream()
                .map(Document::facts)
                .filter(facts -> facts.type().equals(SampleHit.TYPE))
                .map(Facts::id)
                .collect(Collectors.toSet());
        if (!ids.isEmpty()) {
            samples.unpack(ids);
        }
    }

    private Document binary(Original original) {
        Facts facts = batch.documents().stream()
                .map(Document::facts)
                .filter(candidate -> candidate.id().equals(original.documentReference())
                        && candidate.type().equals("DocumentReference"))
                .findFirst()
                .map(described -> as(described, original.binary()))
                .orElseGet(() -> undescribed(batch.intake(), original));
        String json = "{\"resourceType\":\"Binary\",\"id\":\"" + original.binary() + "\",\"contentType\":"
                + Meta.quoted(original.mediaType()) + "}";
        SourceIdentity source = new SourceIdentity(batch.intake().ownNamespace(), "Binary/" + original.binary(), null);
        return new Document(facts, source, List.of(), Map.of(), json.getBytes(StandardCharsets.UTF_8));
    }

    private static Facts as(Facts described, UUID binary) {
        return new Facts(
                "Binary",
                binary,
                described.documentType(),
                described.source(),
                described.device(),
                described.categories(),
                described.codes(),
                described.authors(),
                described.linksOut(),
                described.labels(),
                described.time(),
                described.basis());
    }

    /** A file whose description did not pass validation: what was mapped from it and {@code raw-file}, unlabelled. */
    private static Facts undescribed(Intake intake, Original original) {
        Set<String> categories = Stream.concat(original.mapped().stream(), Stream.of(PhrCategory.RAW_FILE))
                .map(PhrCategory::code)
                .collect(Collectors.toSet());
        return new Facts(
                "Binary",
                original.binary(),
                null,
                intake.client(),
                null,
                Tokens.of(categories),
                Tokens.UNKNOWN,
                Tokens.ABSENT,
                Set.of(),
                Labels.UNLABELLED,
                DataTime.UNKNOWN);
    }
}
