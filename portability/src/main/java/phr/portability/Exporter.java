package phr.portability;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import phr.fhir.Ids;
import phr.portability.json.Json;
import phr.portability.json.JsonObject;
import phr.portability.json.MalformedJsonException;
import phr.portability.sign.ProviderKey;

/** Builds a package from a record: spooled to disk part by part, so memory does not grow with the record. Thread-safe. */
public final class Exporter {

    private final Provider provider;
    private final ProviderKey key;
    private final Clock clock;
    private final Path spool;

    /** @param spool directory for what is being built; holds plain record data until the package is closed */
    public Exporter(Provider provider, ProviderKey key, Clock clock, Path spool) {
        this.provider = provider;
        this.key = key;
        this.clock = clock;
        this.spool = spool;
    }

    /** Builds and signs the package. The caller closes it. */
    public PreparedPackage prepare(RecordSource source, ExportOrder order) throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Spool files = new Spool(spool);
        try {
            ExportRun run = new ExportRun(source, provider, Ids.v7(clock), now, files);
            Inventory inventory = run.payload();
            new PackageFrame(run).write(order, inventory, key);
            return new SpooledPackage(run, inventory);
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    /** Counts and content hash of a record without making a package; reads the record twice. */
    public Inventory inventory(RecordSource source) {
        Set<String> namespaces = new TreeSet<>(source.originNamespaces());
        namespaces.remove(provider.namespace());
        OriginIds origins = new OriginIds();
        Set<UUID> binaries = new HashSet<>();
        try (Resources resources = source.resources()) {
            while (resources.hasNext()) {
                SourceResource stored = resources.next();
                JsonObject tree = tree(stored);
                Kept.find(tree, namespaces)
                        .or(() -> Kept.of(stored.source(), stored.type(), namespaces))
                        .ifPresent(kept -> origins.put(stored.reference(), kept.id()));
                binaries(tree, binaries);
            }
        }
        Set<String> persons = Set.of(source.subject().person().toString());
        InventoryCount count =
                new InventoryCount(new ContentHash(provider.namespace(), persons, namespaces, origins::of));
        try (Resources resources = source.resources()) {
            while (resources.hasNext()) {
                count.add(tree(resources.next()));
            }
        }
        return count.total(binaries.size());
    }

    private void binaries(JsonObject resource, Set<UUID> found) {
        if (resource.string("resourceType").filter("DocumentReference"::equals).isPresent()) {
            resource.objects("content").stream()
                    .flatMap(content -> content.object("attachment").stream())
                    .flatMap(attachment -> attachment.string("url").stream())
                    .flatMap(url -> FileAddress.binary(url, provider.namespace()).stream())
                    .forEach(found::add);
        }
    }

    private static JsonObject tree(SourceResource stored) {
        try {
            return Json.parse(stored.json());
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("the store yields JSON", e);
        }
    }
}
