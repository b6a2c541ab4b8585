package phr.portability;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import phr.fhir.PersonId;
import phr.fhir.Sha256;
import phr.fhir.facts.Confidentiality;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Account;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Draft;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.Normalised;
import phr.fhir.normalise.Original;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.validate.Document;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;
import phr.portability.json.Json;
import phr.portability.json.JsonObject;
import phr.portability.json.MalformedJsonException;

/** A gateway's record of one person, small enough for a test: the real validator, maps for the rest. */
final class MemoryRecord implements RecordSource, RecordSink {

    static final Instant NOW = Instant.parse("2026-04-01T03:00:00.123Z");

    final Account account;
    final String namespace;
    final String pairwise = UUID.randomUUID().toString();
    final Map<UUID, Stored> resources = new TreeMap<>();
    final Map<UUID, SourceOriginalBytes> originals = new HashMap<>();
    final List<TravellingDirective> directives = new ArrayList<>();
    final Map<String, Arrival> arrivals = new HashMap<>();
    final Map<UUID, Sha256> packages = new HashMap<>();
    final Set<String> namespaces = new TreeSet<>();
    final List<Issue> issues = new ArrayList<>();
    final Set<UUID> others = new HashSet<>();
    int created;
    int updated;
    int duplicates;

    MemoryRecord(String namespace) {
        this.namespace = namespace;
        this.account = new Account(
                new PersonId(UUID.randomUUID()),
                "山田 花子",
                "ヤマダ ハナコ",
                AdministrativeGender.FEMALE,
                LocalDate.of(1980, 4, 1));
    }

    Intake intake(byte[] content) {
        return new Intake(
                account,
                Content.of(content),
                "Patient/" + account.person(),
                "phr-citizen",
                namespace,
                NOW,
                false,
                null);
    }

    /** Stores drafts as a normaliser of this gateway would have made them. */
    void seed(List<Draft> drafts, List<Original> files) throws IOException {
        Format format = new Format() {
            @Override
            public String name() {
                return "seed";
            }

            @Override
            public boolean recognises(byte[] head) {
                return true;
            }

            @Override
            public void read(Intake intake, Findings findings) {
                drafts.forEach(findings::draft);
                files.forEach(findings::original);
            }
        };
        new Normalisation(List.of(format)).normalise(intake(new byte[0]), this::accept);
    }

    /** The whole content, to compare one state with another. */
    String snapshot() {
        StringBuilder text = new StringBuilder();
        resources.forEach((id, stored) -> text.append(stored.version)
                .append(new String(stored.json, StandardCharsets.UTF_8))
                .append('\n'));
        return text + new TreeSet<>(originals.keySet()).toString() + directives.size();
    }

    Set<String> fileHashes() {
        Set<String> hashes = new TreeSet<>();
        originals.values().forEach(file -> hashes.add(Sha256.of(file.bytes).hex()));
        return hashes;
    }

    @Override
    public Subject subject() {
        return new Subject(
                account.person(), pairwise, account.name(), account.kana(), account.gender(), account.birthDate());
    }

    @Override
    public Set<String> originNamespaces() {
        return namespaces;
    }

    @Override
    public Resources resources() {
        List<Stored> ordered = new ArrayList<>(resources.values());
        ordered.sort(java.util.Comparator.comparing((Stored stored) -> stored.type));
        Iterator<Stored> all = ordered.iterator();
        return new Resources() {
            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public SourceResource next() {
                Stored stored = all.next();
                return new SourceResource(
                        stored.type,
                        stored.id.toString(),
                        stored.version,
                        NOW,
                        stored.source,
                        stored.categories,
                        withMeta(stored));
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Optional<SourceOriginal> original(UUID binary) {
        SourceOriginalBytes file = originals.get(binary);
        return file == null
                ? Optional.empty()
                : Optional.of(new SourceOriginal(file.kind, file.mediaType, new ByteArrayInputStream(file.bytes)));
    }

    @Override
    public Iterator<TravellingDirective> directives() {
        return directives.iterator();
    }

    @Override
    public Iterator<byte[]> consents() {
        return List.<byte[]>of().iterator();
    }

    @Override
    public Iterator<ConsentFile> consentFiles() {
        return List.of(new ConsentFile("receipts/r1.json", "{}".getBytes(StandardCharsets.UTF_8)))
                .iterator();
    }

    @Override
    public Optional<Sha256> imported(UUID packageId) {
        return Optional.ofNullable(packages.get(packageId));
    }

    @Override
    public Set<UUID> taken(Set<UUID> ids) {
        Set<UUID> found = new HashSet<>(ids);
        found.retainAll(others);
        return found;
    }

    @Override
    public Map<UUID, Held> held(String type, Set<UUID> ids) {
        Map<UUID, Held> found = new HashMap<>();
        resources.forEach((id, stored) -> {
            if (ids.contains(id)) {
                found.put(id, new Held(stored.source.version(), withMeta(stored)));
            }
        });
        return found;
    }

    @Override
    public void accept(Normalised batch) {
        Validated validated = new Validator().validate(batch);
        issues.addAll(validated.issues());
        validated.documents().forEach(this::store);
        validated.samples().forEach(sample -> store(Document.of(sample)));
        validated.originals().forEach(this::store);
    }

    @Override
    public void directive(TravellingDirective directive, Arrival arrival, String sourceNamespace) {
        directives.add(directive);
        arrivals.put(directive.id() + "@" + directive.version(), arrival);
    }

    @Override
    public void originNamespaces(Set<String> found) {
        namespaces.addAll(found);
    }

    private void store(Document document) {
        UUID id = document.facts().id();
        Stored before = resources.get(id);
        if (before != null && java.util.Arrays.equals(before.json, document.json())) {
            duplicates++;
            return;
        }
        created += before == null ? 1 : 0;
        updated += before == null ? 0 : 1;
        resources.put(
                id,
                new Stored(
                        document.facts().type(),
                        id,
                        before == null ? 1 : before.version + 1,
                        document.source(),
                        document.facts().categories().values(),
                        document.facts().labels().confidentiality(),
                        document.json()));
    }

    private void store(Original original) {
        try (java.io.InputStream in = original.content().open()) {
            originals.put(
                    original.binary(),
                    new SourceOriginalBytes(original.kind(), original.mediaType(), in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] withMeta(Stored stored) {
        try {
            JsonObject tree = Json.parse(stored.json);
            JsonObject label =
                    new JsonObject().put("system", Confidentiality.SYSTEM).put("code", stored.confidentiality.name());
            tree.put(
                    "meta",
                    new JsonObject()
                            .put("versionId", Integer.toString(stored.version))
                            .put("lastUpdated", NOW.toString())
                            .put("security", List.of(label)));
            return Json.write(tree);
        } catch (MalformedJsonException e) {
            throw new IllegalStateException(e);
        }
    }

    record Stored(
            String type,
            UUID id,
            int version,
            SourceIdentity source,
            Set<String> categories,
            Confidentiality confidentiality,
            byte[] json) {}

    record SourceOriginalBytes(String kind, String mediaType, byte[] bytes) {}
}
