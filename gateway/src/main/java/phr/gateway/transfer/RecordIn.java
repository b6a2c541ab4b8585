package phr.gateway.transfer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import phr.consent.Permit;
import phr.fhir.Sha256;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Normalised;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;
import phr.gateway.audit.Tally;
import phr.gateway.ingest.Received;
import phr.gateway.record.Owners;
import phr.gateway.record.RecordStore;
import phr.gateway.record.Saved;
import phr.portability.RecordSink;
import phr.portability.TravellingDirective;

/** A person's record as the importer fills it: validate, then save under the permit. Lives in one transaction. */
final class RecordIn implements RecordSink {

    private final Permit permit;
    private final RecordStore store;
    private final Owners owners;
    private final Validator validator;
    private final ImportLog log;
    private final Tally tally;
    private final List<Issue> issues = new ArrayList<>();
    private final List<ArrivedConsents.Arrived> directives = new ArrayList<>();
    private Saved saved = Saved.NOTHING;

    RecordIn(Permit permit, RecordStore store, Owners owners, Validator validator, ImportLog log, Tally tally) {
        this.permit = permit;
        this.store = store;
        this.owners = owners;
        this.validator = validator;
        this.log = log;
        this.tally = tally;
        tally.restart();
    }

    @Override
    public Optional<Sha256> imported(UUID packageId) {
        return log.receipt(permit.subject(), packageId).map(ImportLog.Receipt::tagManifest);
    }

    @Override
    public Set<UUID> taken(Set<UUID> ids) {
        return owners.ofOthers(permit.subject(), ids);
    }

    @Override
    public Map<UUID, Held> held(String type, Set<UUID> ids) {
        Map<UUID, Held> held = new HashMap<>();
        for (UUID id : ids) {
            store.read(permit, type, id)
                    .ifPresent(entry -> held.put(id, new Held(entry.source().version(), entry.json())));
        }
        return held;
    }

    @Override
    public void accept(Normalised batch) {
        Validated validated = validator.validate(batch);
        issues.addAll(validated.issues());
        saved = saved.plus(store.save(permit, validated));
        Received.count(tally, validated);
    }

    @Override
    public void directive(TravellingDirective directive, Arrival arrival, String sourceNamespace) {
        directives.add(new ArrivedConsents.Arrived(directive, arrival, sourceNamespace));
    }

    @Override
    public void originNamespaces(Set<String> namespaces) {
        log.addNamespaces(permit.subject(), namespaces);
    }

    Saved saved() {
        return saved;
    }

    List<ArrivedConsents.Arrived> directives() {
        return directives;
    }

    List<Issue> issues() {
        return issues;
    }
}
