package phr.gateway.transfer;

import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import phr.consent.Permit;
import phr.gateway.audit.Tally;
import phr.gateway.record.Entry;
import phr.gateway.record.Query;
import phr.gateway.record.RecordStore;
import phr.gateway.record.Results;
import phr.portability.ConsentFile;
import phr.portability.RecordSource;
import phr.portability.Resources;
import phr.portability.SourceOriginal;
import phr.portability.SourceResource;
import phr.portability.Subject;
import phr.portability.TravellingDirective;

/** A person's record as the exporter reads it: what the permit releases, and nothing else. */
final class RecordOut implements RecordSource {

    private final Permit permit;
    private final RecordStore store;
    private final Subject subject;
    private final Set<String> originNamespaces;
    private final Consents consents;
    private final Tally tally;

    /** The directives of the person, as far as they travel. */
    interface Consents {

        Iterator<TravellingDirective> directives();

        Iterator<byte[]> fhir();

        Iterator<ConsentFile> files();
    }

    RecordOut(
            Permit permit,
            RecordStore store,
            Subject subject,
            Set<String> originNamespaces,
            Consents consents,
            Tally tally) {
        this.permit = permit;
        this.store = store;
        this.subject = subject;
        this.originNamespaces = Set.copyOf(originNamespaces);
        this.consents = consents;
        this.tally = tally;
    }

    @Override
    public Subject subject() {
        return subject;
    }

    @Override
    public Set<String> originNamespaces() {
        return originNamespaces;
    }

    @Override
    public Resources resources() {
        tally.restart();
        return new Stored(store.search(permit, Query.everything()), tally);
    }

    @Override
    public Optional<SourceOriginal> original(UUID binary) {
        return store.original(permit, binary)
                .map(file -> new SourceOriginal(file.kind(), file.mediaType(), file.content()));
    }

    @Override
    public Iterator<TravellingDirective> directives() {
        return consents.directives();
    }

    @Override
    public Iterator<byte[]> consents() {
        return consents.fhir();
    }

    @Override
    public Iterator<ConsentFile> consentFiles() {
        return consents.files();
    }

    private record Stored(Results results, Tally tally) implements Resources {

        @Override
        public boolean hasNext() {
            return results.hasNext();
        }

        @Override
        public SourceResource next() {
            Entry entry = results.next();
            tally.add(entry.type(), entry.id(), entry.version(), entry.categories(), entry.json());
            return new SourceResource(
                    entry.type(),
                    entry.id().toString(),
                    entry.version(),
                    entry.lastUpdated(),
                    entry.source(),
                    entry.categories(),
                    entry.json());
        }

        @Override
        public void close() {
            results.close();
        }
    }
}
